// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import org.jspecify.annotations.Nullable;

/** The reason for closing a WebSocket (RFC 6455 §7.4). */
enum WebSocketClose {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    UNSUPPORTED_DATA(1003),
    /** Text that is not UTF-8. */
    INVALID_DATA(1007),
    TOO_BIG(1009),
    INTERNAL_ERROR(1011);

    /** The code of a Close frame without one; never sent (§7.4.1). */
    static final int NO_CODE = 1005;

    private final int code;

    WebSocketClose(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whether an endpoint may send it (§7.4.1, §7.4.2): some codes are only for local use. */
    static boolean mayBeSent(int code) {
        boolean defined = (code >= 1000 && code <= 1014) && code != 1004 && code != NO_CODE && code != 1006;
        return defined || (code >= 3000 && code <= 4999);
    }

    /** Returns the code for closing from our side. */
    static WebSocketClose of(@Nullable Failure why) {
        if (why == null) {
            return NORMAL;
        }
        return why instanceof Failure.ProtocolViolation ? PROTOCOL_ERROR : GOING_AWAY;
    }

    /** Returns the meaning of a peer's code for the flow; null for a close in order. */
    static @Nullable Failure meaning(int code) {
        return switch (code) {
            case 1000, 1001, NO_CODE -> null;
            case 1011, 1014 -> new Failure.ServerError(500, null);
            // Service restart and try again later, of the IANA registry.
            case 1012, 1013 -> new Failure.ServerError(503, null);
            default -> new Failure.ProtocolViolation("websocket close " + code);
        };
    }
}
