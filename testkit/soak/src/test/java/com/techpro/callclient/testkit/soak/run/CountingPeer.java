// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone system of sockets and strings alone, which shares no code with the engine: it takes every registration and every call over UDP, and its two ports of media
 * keep whatever datagram comes.
 */
final class CountingPeer implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String KEY = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final Pattern CRYPTO = Pattern.compile("a=crypto:(\\d+) AES_CM_128_HMAC_SHA1_80 ");
    private static final Pattern MEDIA = Pattern.compile("m=audio \\d+ (\\S+) ");
    private static final int ATTEMPTS = 50;

    private final DatagramSocket sip = new DatagramSocket(0, HERE);
    private final Media media = Media.open();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::serve, "counting-peer");

    CountingPeer() throws IOException {
        thread.start();
    }

    /** The port of RTP, and the next for RTCP. */
    private record Media(DatagramSocket rtp, DatagramSocket rtcp) {
        static Media open() throws IOException {
            IOException problem = new IOException("no attempt");
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                DatagramSocket rtp = new DatagramSocket(0, HERE);
                try {
                    return new Media(rtp, new DatagramSocket(rtp.getLocalPort() + 1, HERE));
                } catch (IOException | IllegalArgumentException taken) {
                    rtp.close();
                    problem = new IOException(taken);
                }
            }
            throw problem;
        }
    }

    int port() {
        return sip.getLocalPort();
    }

    /** Methods of what came, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** Waits for a datagram at the port of RTP. */
    void awaitMedia() throws IOException {
        media.rtp.setSoTimeout(20_000);
        media.rtp.receive(new DatagramPacket(new byte[2_000], 2_000));
    }

    /** How many datagrams have come at either port of media since this was asked last. */
    int media() throws IOException {
        return waiting(media.rtp) + waiting(media.rtcp);
    }

    private static int waiting(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(1);
        int count = 0;
        while (true) {
            try {
                socket.receive(new DatagramPacket(new byte[2_000], 2_000));
                count++;
            } catch (SocketTimeoutException none) {
                return count;
            }
        }
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!sip.isClosed()) {
            try {
                packet.setLength(65_535);
                sip.receive(packet);
                String request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                String method = request.substring(0, Math.max(0, request.indexOf(' ')));
                if (method.isEmpty() || method.equals("ACK") || method.startsWith("SIP/")) {
                    continue;
                }
                requests.add(method);
                byte[] answer = answer(method, request).getBytes(StandardCharsets.UTF_8);
                sip.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private String answer(String method, String request) {
        boolean known = List.of("REGISTER", "INVITE", "BYE").contains(method);
        StringBuilder answer = new StringBuilder(known ? "SIP/2.0 200 OK\r\n" : "SIP/2.0 501 Not Implemented\r\n");
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
            Matcher header = Pattern.compile("(?m)^" + name + ": *(.*?)\r?$").matcher(request);
            while (header.find()) {
                boolean untagged = name.equals("To") && !header.group(1).contains(";tag=");
                answer.append(name)
                        .append(": ")
                        .append(header.group(1))
                        .append(untagged ? ";tag=peer" : "")
                        .append("\r\n");
            }
        }
        String body = "";
        if (method.equals("REGISTER")) {
            Matcher contact = Pattern.compile("(?m)^Contact: *(.*?)\r?$").matcher(request);
            answer.append(contact.find() ? "Contact: " + contact.group(1) + "\r\nExpires: 600\r\n" : "");
        } else if (method.equals("INVITE")) {
            answer.append("Contact: <sip:peer@127.0.0.1:" + port() + ">\r\nContent-Type: application/sdp\r\n");
            body = description(request);
        }
        return answer.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    private String description(String offer) {
        Matcher offered = MEDIA.matcher(offer);
        Matcher crypto = CRYPTO.matcher(offer);
        String profile = offered.find() ? offered.group(1) : "RTP/AVP";
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
                + media.rtp.getLocalPort() + ' ' + profile + " 8\r\n"
                + (crypto.find() ? "a=crypto:" + crypto.group(1) + " AES_CM_128_HMAC_SHA1_80 " + KEY + "\r\n" : "");
    }

    @Override
    public void close() throws InterruptedException {
        sip.close();
        media.rtp.close();
        media.rtcp.close();
        thread.join();
    }
}
