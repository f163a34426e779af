"""What goes with every answer, the refusals too: what a browser may do with it, which is little."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    # Text can then not become markup or script, whatever the page's own code does with it.
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
_DEVICES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
SEAL: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", "; ".join(f"{key} {value}" for key, value in _POLICY.items()).encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
    (b"permissions-policy", ", ".join(f"{device}=()" for device in _DEVICES).encode()),
    # Interviews must not stay in the browser's cache; from this machine everything is quick anyway.
    (b"cache-control", b"no-store"),
)
"""Headers, in the form of ASGI."""


class Sealed:
    """An application whose every answer bears the seal (ASGI)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and seal what comes back."""

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _value in SEAL}
                others = [pair for pair in message.get("headers", ()) if pair[0].lower() not in ours]
                message = {**message, "headers": [*others, *SEAL]}
            await send(message)

        await self._app(scope, receive, sealed)
