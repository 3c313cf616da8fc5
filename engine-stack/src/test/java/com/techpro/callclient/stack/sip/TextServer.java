// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A phone system on a stream, made of text, that says yes to everything. */
final class TextServer implements StreamHandler {
    final Map<String, String> statuses = new LinkedHashMap<>();
    private StreamLink link;

    TextServer(Network network, String address) {
        try {
            network.listen(new InetSocketAddress(address, 5060), accepted -> {
                link = accepted;
                return this;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String request(String method, String target, String id, String toTag) {
        return method + " " + target + " SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.20;branch=z9hG4bK" + id
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:1002@pbx.example>;tag=f\r\nTo: <sip:1001@pbx.example>" + toTag
                + "\r\nCall-ID: tcp-" + id + "\r\nCSeq: 1 " + method
                + "\r\nContact: <sip:1002@192.0.2.20>\r\nContent-Length: 0\r\n\r\n";
    }

    void send(String text) {
        link.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void connected(StreamLink opened) {}

    @Override
    public void received(StreamLink from, ByteBuffer bytes) {
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        for (String message : text.split("\r\n\r\n")) {
            if (message.startsWith("REGISTER")) {
                send(("SIP/2.0 200 OK\r\n" + message.substring(message.indexOf("Via:")) + "\r\n\r\n")
                        .replaceFirst("\r\nTo: [^\r]*", "$0;tag=r"));
            } else if (message.startsWith("SIP/2.0 ")) {
                statuses.put(
                        message.replaceFirst("(?s).*Call-ID: (\\S+).*", "$1"),
                        message.substring(8, 12) + message.replaceFirst("(?s).*CSeq: \\d+ (\\w+).*", "$1"));
            }
        }
    }

    @Override
    public void closed(StreamLink from, @Nullable IOException cause) {}
}
