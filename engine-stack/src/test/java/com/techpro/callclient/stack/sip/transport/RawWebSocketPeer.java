// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The other end of a WebSocket without TLS, byte for byte; it shares no code with what it tests. */
final class RawWebSocketPeer implements StreamHandler {
    static final String ACCEPTING = """
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: ACCEPT
            Sec-WebSocket-Protocol: sip

            """;

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    /** What it answers a request with; {@code ACCEPT} is replaced. Nothing if null. */
    private final String answer;

    StreamLink link;
    boolean closed;

    RawWebSocketPeer(String answer) {
        this.answer = answer;
    }

    static RawWebSocketPeer server() {
        return new RawWebSocketPeer(ACCEPTING);
    }

    @Override
    public void connected(StreamLink opened) {
        link = opened;
    }

    @Override
    public void received(StreamLink from, ByteBuffer bytes) {
        link = from;
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        heard.writeBytes(copy);
        if (answer != null && text().startsWith("GET ") && text().endsWith("\r\n\r\n")) {
            send(answer.replace("\n", "\r\n").replace("ACCEPT", accept()).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void closed(StreamLink from, IOException cause) {
        closed = true;
    }

    String text() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    void send(byte[] bytes) {
        link.write(ByteBuffer.wrap(bytes));
    }

    void send(String hex) {
        send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** A text frame of a server. */
    void sendText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(new byte[] {(byte) 0x81, 126, (byte) (bytes.length >> 8), (byte) bytes.length});
        send(bytes);
    }

    /** What came behind the opening, in hexadecimal. */
    String frames() {
        byte[] bytes = heard.toByteArray();
        int at = text().indexOf("\r\n\r\n") + 4;
        return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private String accept() {
        String key = text().replaceAll("(?s).*Sec-WebSocket-Key: ([^\r]*)\r.*", "$1");
        try {
            byte[] joined = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
