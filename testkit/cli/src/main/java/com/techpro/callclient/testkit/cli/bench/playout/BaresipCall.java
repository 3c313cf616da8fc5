// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What answers baresip's call: the least of a user agent server (RFC 3261 §8.2), over UDP on the loopback
 * interface, with PCMU in plain RTP. Waits, and so belongs to a thread that may.
 */
final class BaresipCall implements AutoCloseable {
    private static final Pattern MEDIA = Pattern.compile("(?m)^m=audio (\\d+) ");
    private static final Pattern CONTACT = Pattern.compile("(?m)^Contact: *<([^>]+)>");
    private static final List<String> COPIED = List.of("Via", "From", "Call-ID", "CSeq");

    private final DatagramSocket signalling;
    private final DatagramSocket media;
    private final byte[] buffer = new byte[4096];
    private String invite = "";
    private SocketAddress peer;

    BaresipCall() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        signalling = new DatagramSocket(0, loopback);
        media = new DatagramSocket(0, loopback);
        peer = signalling.getLocalSocketAddress();
    }

    /** Whom baresip has to call. */
    String uri() {
        return "sip:trace@127.0.0.1:" + signalling.getLocalPort();
    }

    /** Where packets come and go. */
    DatagramSocket media() {
        return media;
    }

    /**
     * Waits for the call and takes it.
     *
     * @return where baresip receives RTP
     * @throws IOException if none comes, or none that can be answered
     */
    InetSocketAddress answer(Duration limit) throws IOException {
        signalling.setSoTimeout((int) limit.toMillis());
        invite = received("INVITE");
        Matcher offered = MEDIA.matcher(invite);
        if (!offered.find()) {
            throw new IOException("baresip offers no sound");
        }
        String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
                + media.getLocalPort() + " RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\n";
        List<String> lines = new ArrayList<>(List.of("SIP/2.0 200 OK"));
        for (String name : COPIED) {
            lines.add(name + ": " + header(invite, name));
        }
        lines.add("To: " + header(invite, "To") + ";tag=trace");
        lines.add("Contact: <" + uri() + ">");
        lines.add("Content-Type: application/sdp");
        lines.add("Content-Length: " + sdp.length());
        send(String.join("\r\n", lines) + "\r\n\r\n" + sdp);
        received("ACK");
        return new InetSocketAddress(media.getLocalAddress(), Integer.parseInt(offered.group(1)));
    }

    /** Waits for a request; others, such as an INVITE repeated, are not answered on a loopback. */
    private String received(String method) throws IOException {
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                signalling.receive(packet);
            } catch (SocketTimeoutException none) {
                throw new IOException("baresip sends no " + method, none);
            }
            String request = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
            if (request.startsWith(method + " ")) {
                peer = packet.getSocketAddress();
                return request;
            }
        }
    }

    private static String header(String request, String name) throws IOException {
        Matcher matcher = Pattern.compile("(?m)^" + name + ": *(.*?)\\r?$").matcher(request);
        if (!matcher.find()) {
            throw new IOException("baresip's INVITE has no " + name);
        }
        return matcher.group(1);
    }

    private void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        signalling.send(new DatagramPacket(bytes, bytes.length, peer));
    }

    /** Ends the call. */
    void bye() throws IOException {
        Matcher contact = CONTACT.matcher(invite);
        String target = contact.find() ? contact.group(1) : "sip:peer@127.0.0.1";
        send(String.join(
                "\r\n",
                "BYE " + target + " SIP/2.0",
                "Via: SIP/2.0/UDP 127.0.0.1:" + signalling.getLocalPort() + ";branch=z9hG4bKbye",
                "Max-Forwards: 70",
                "From: " + header(invite, "To") + ";tag=trace",
                "To: " + header(invite, "From"),
                "Call-ID: " + header(invite, "Call-ID"),
                "CSeq: 1 BYE",
                "Content-Length: 0",
                "",
                ""));
    }

    @Override
    public void close() {
        signalling.close();
        media.close();
    }
}
