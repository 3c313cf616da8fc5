// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a WebSocket for SIP (RFC 6455 §4, RFC 7118 §4). This client is no
 * browser and sends no Origin; neither side supports an extension.
 */
final class WebSocketHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String SUBPROTOCOL = "sip";
    private static final int LONGEST_RETRY_AFTER = 86_400;

    private final String host;
    private final String path;
    private final String key;

    /**
     * A client's handshake.
     *
     * @param host of the URI, with the port unless it is the default (§4.1)
     * @param path with the query, if there is one
     */
    WebSocketHandshake(String host, String path, Random random) {
        this.host = host;
        this.path = path;
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    byte[] request() {
        return ascii("GET " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: " + SUBPROTOCOL + "\r\n\r\n");
    }

    /** Returns the failure of a server's answer, or null if the WebSocket is open. */
    @Nullable
    Failure refusal(HttpHead answer) {
        int status = answer.status();
        if (status != 101) {
            return status < 0 ? notAWebSocket() : meaning(status, answer.only("Retry-After"));
        }
        boolean accepted = answer.lists("Upgrade", "websocket")
                && answer.lists("Connection", "Upgrade")
                && accept(key).equals(answer.only("Sec-WebSocket-Accept"))
                && !answer.has("Sec-WebSocket-Extensions")
                && SUBPROTOCOL.equals(answer.only("Sec-WebSocket-Protocol"));
        return accepted ? null : notAWebSocket();
    }

    /** The server is not a WebSocket server. */
    static Failure notAWebSocket() {
        return new Failure.ProtocolViolation("websocket handshake");
    }

    /** A 404 concerns the path, not anybody's number; a redirection is not followed. */
    private static Failure meaning(int status, @Nullable String retryAfter) {
        if (status == 401 || status == 407) {
            return new Failure.AuthenticationFailed(AuthenticationProblem.UNSUPPORTED);
        }
        if (status == 403) {
            return new Failure.Forbidden();
        }
        if (status >= 500) {
            return new Failure.ServerError(status, seconds(retryAfter));
        }
        return status >= 300 && status < 400 ? new Failure.Redirected(status) : new Failure.Rejected(status);
    }

    /** A date (RFC 9110 §10.2.3) is not parsed: the account then retries at its own pace. */
    private static @Nullable Duration seconds(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,9}")
                ? Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_RETRY_AFTER))
                : null;
    }

    /** Returns a server's answer to a request; it opens the WebSocket if it begins with 101. */
    static byte[] answer(@Nullable HttpHead request) {
        if (request == null || request.method() == null || !request.has("Host")) {
            return refused("400 Bad Request", "");
        }
        if (!"GET".equals(request.method())) {
            return refused("405 Method Not Allowed", "Allow: GET\r\n");
        }
        if (!request.lists("Upgrade", "websocket") || !request.lists("Connection", "Upgrade")) {
            return refused("426 Upgrade Required", "Upgrade: websocket\r\n");
        }
        if (!"13".equals(request.only("Sec-WebSocket-Version"))) {
            return refused("426 Upgrade Required", "Sec-WebSocket-Version: 13\r\n");
        }
        String key = request.only("Sec-WebSocket-Key");
        if (key == null || !isKey(key) || !request.lists("Sec-WebSocket-Protocol", SUBPROTOCOL)) {
            return refused("400 Bad Request", "");
        }
        return ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\nSec-WebSocket-Protocol: " + SUBPROTOCOL + "\r\n\r\n");
    }

    static boolean opens(byte[] answer) {
        return answer.length > 12 && answer[9] == '1' && answer[10] == '0' && answer[11] == '1';
    }

    private static byte[] refused(String status, String field) {
        return ascii("HTTP/1.1 " + status + "\r\n" + field + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** §4.2.2: proves that the server, and not a cache, read this key. */
    static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(ascii(key + GUID));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-1", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
