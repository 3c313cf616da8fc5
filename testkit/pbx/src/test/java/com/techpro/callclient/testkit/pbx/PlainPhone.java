// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phone made of nothing but text over UDP: no part of the engine, so that the PBX is judged by what is on the wire. It does what
 * its test says and nothing by itself.
 */
final class PlainPhone implements AutoCloseable {
    private final String number;
    private final InetSocketAddress pbx;
    private final DatagramLink link;
    private final List<String> received = new ArrayList<>();
    private final Set<String> answered = new HashSet<>();
    private int sequence;
    private int branch;

    PlainPhone(String number, String address, Network network, InetSocketAddress pbx) throws IOException {
        this.number = number;
        this.pbx = pbx;
        this.link = network.openDatagram(new InetSocketAddress(address, 5060), this::receive);
    }

    /** Answers every request of a method with 200, as soon as it comes. */
    PlainPhone answering(String method) {
        answered.add(method);
        return this;
    }

    /** Everything that came, oldest first. */
    List<String> received() {
        return received;
    }

    String last() {
        return received.get(received.size() - 1);
    }

    int lastStatus() {
        return statusOf(last());
    }

    /** A request outside a dialog; the lines are more headers, and may take the place of the usual ones. */
    String request(String method, String target, String callId, String... lines) {
        return message(method, target, callId, ++sequence, "", lines, "");
    }

    String message(String method, String target, String callId, int cseq, String toTag, String[] lines, String body) {
        String local = host();
        return method + " " + target + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + local + ";rport;branch=z9hG4bK" + number + "-" + ++branch + "\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:" + number + "@pbx.test>;tag=t" + number + "\r\n"
                + "To: <" + (method.equals("REGISTER") ? "sip:" + number + "@pbx.test" : target) + ">"
                + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\r\n"
                + "Call-ID: " + callId + "\r\n"
                + "CSeq: " + cseq + " " + method + "\r\n"
                + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n")
                + described(body);
    }

    String host() {
        return link.localAddress().getAddress().getHostAddress() + ":"
                + link.localAddress().getPort();
    }

    void send(String message) {
        if (link.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), pbx) != DatagramLink.SendStatus.SENT) {
            throw new AssertionError("the network took nothing");
        }
    }

    /** The Authorization for the last challenge, for one of its algorithms (RFC 7616 §3.4). */
    String authorization(String method, String uri, String password, String algorithm, int count) {
        Matcher challenge = Pattern.compile("WWW-Authenticate: (Digest [^\r]*algorithm=" + algorithm + "[^\r]*)")
                .matcher(received.stream()
                        .filter(m -> statusOf(m) == 401)
                        .reduce((a, b) -> b)
                        .orElseThrow());
        if (!challenge.find()) {
            throw new AssertionError("no challenge with " + algorithm);
        }
        String nonce = parameter(challenge.group(1), "nonce");
        String realm = parameter(challenge.group(1), "realm");
        String nc = String.format("%08x", count);
        String a1 = hash(algorithm, number + ":" + realm + ":" + password);
        String a2 = hash(algorithm, method + ":" + uri);
        String response = hash(algorithm, a1 + ":" + nonce + ":" + nc + ":cn:auth:" + a2);
        return "Authorization: Digest username=\"" + number + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"" + uri + "\", qop=auth, nc=" + nc + ", cnonce=\"cn\", algorithm=" + algorithm
                + ", response=\"" + response + "\"";
    }

    /** Answers a request that came. */
    void reply(String request, int status, String body, String... lines) {
        StringBuilder out = new StringBuilder("SIP/2.0 " + status + " Whatever\r\n");
        for (String line : request.split("\r\n", -1)) {
            if (line.startsWith("Via:")
                    || line.startsWith("From:")
                    || line.startsWith("Call-ID:")
                    || line.startsWith("CSeq:")) {
                out.append(line).append("\r\n");
            } else if (line.startsWith("To:")) {
                out.append(line)
                        .append(line.contains("tag=") || status == 100 ? "" : ";tag=t" + number)
                        .append("\r\n");
            }
        }
        for (String line : lines) {
            out.append(line).append("\r\n");
        }
        out.append("Contact: <sip:").append(number).append('@').append(host()).append(">\r\n");
        send(out + described(body));
    }

    /** Registers, with MD5. */
    void register(String password, Runnable wait) {
        String contact = "Contact: <sip:" + number + "@" + host() + ">";
        send(request("REGISTER", "sip:pbx.test", "r" + number, contact));
        wait.run();
        send(request(
                "REGISTER",
                "sip:pbx.test",
                "r" + number,
                contact,
                authorization("REGISTER", "sip:pbx.test", password, "MD5", 1)));
        wait.run();
        received.clear();
    }

    /** Dials: an INVITE, and again with the password once it is challenged; the lines are more headers. */
    void dial(String target, String password, String sdp, Runnable wait, String... lines) {
        String uri = "sip:" + target + "@pbx.test";
        String contact = "Contact: <sip:" + number + "@" + host() + ">";
        String call = "call-" + number;
        send(message("INVITE", uri, call, ++sequence, "", new String[] {contact}, ""));
        wait.run();
        String challenge = last();
        send(message("ACK", uri, call, sequence, tagOf(headerOf(challenge, "To")), new String[0], ""));
        String auth = authorization("INVITE", uri, password, "MD5", 1);
        received.clear();
        String[] headers = Arrays.copyOf(lines, lines.length + 2);
        headers[lines.length] = contact;
        headers[lines.length + 1] = auth;
        send(message("INVITE", uri, call, ++sequence, "", headers, sdp));
        wait.run();
    }

    /** A request in the dialog that a response to {@link #dial} made; ACK keeps the number of its INVITE. */
    void inDialog(String method, String response, String sdp, String... lines) {
        String target = headerOf(response, "Contact").replaceAll("^<|>.*$", "");
        int cseq = method.equals("ACK") || method.equals("CANCEL") ? sequence : ++sequence;
        String contact = "Contact: <sip:" + number + "@" + host() + ">";
        String to = headerOf(response, "To");
        String[] headers = Arrays.copyOf(lines, lines.length + 1);
        headers[lines.length] = contact;
        send(message(method, target, headerOf(response, "Call-ID"), cseq, tagOf(to), headers, sdp)
                .replaceFirst("\r\nTo: [^\r]*", "\r\nTo: " + to));
    }

    /** ACK of a refusal: on the INVITE's branch, with the To of the refusal (§17.1.1.3). */
    void acknowledgeRefusal(String target) {
        send(sameBranch("ACK", target).replaceFirst("\r\nTo: [^\r]*", "\r\nTo: " + headerOf(last(), "To")));
    }

    /** Takes the last INVITE back: same branch, same number (RFC 3261 §9.1). */
    void cancel(String target) {
        send(sameBranch("CANCEL", target));
    }

    private String sameBranch(String method, String target) {
        branch--;
        return message(method, "sip:" + target + "@pbx.test", "call-" + number, sequence, "", new String[0], "");
    }

    /** Requests that came, of one method, each once. */
    List<String> requests(String method) {
        return received.stream()
                .filter(message -> message.startsWith(method + " "))
                .distinct()
                .toList();
    }

    /** Final and provisional statuses that came, in order. */
    List<Integer> statuses() {
        return received.stream()
                .map(PlainPhone::statusOf)
                .filter(status -> status != 0)
                .toList();
    }

    static String bodyOf(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    static String tagOf(String header) {
        Matcher tag = Pattern.compile("tag=([^;\\s]+)").matcher(header);
        if (!tag.find()) {
            throw new AssertionError("no tag");
        }
        return tag.group(1);
    }

    private static String described(String body) {
        return (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    static int statusOf(String message) {
        return message.startsWith("SIP/2.0 ") ? Integer.parseInt(message.substring(8, 11)) : 0;
    }

    static String headerOf(String message, String name) {
        Matcher line = Pattern.compile("(?im)^" + name + ": ([^\r]*)").matcher(message);
        if (!line.find()) {
            throw new AssertionError("no " + name + " in the message");
        }
        return line.group(1);
    }

    @Override
    public void close() {
        link.close();
    }

    private void receive(ByteBuffer packet, InetSocketAddress from) {
        String message = StandardCharsets.UTF_8.decode(packet).toString();
        received.add(message);
        if (answered.contains(message.split(" ", 2)[0])) {
            reply(message, 200, "");
        }
    }

    private static String parameter(String challenge, String name) {
        Matcher value = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        if (!value.find()) {
            throw new AssertionError("no " + name + " in the challenge");
        }
        return value.group(1);
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder();
            for (byte b : digest) {
                hex.append(String.format("%02x", b));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
