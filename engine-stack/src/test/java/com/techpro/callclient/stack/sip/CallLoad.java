// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Callers by the thousand from the phone system's address, made of text: each sends INVITE at its time, repeats it as RFC 3261 says, acknowledges
 * what comes, and ends an answered call with BYE a second later. No part of the engine, which is judged by it.
 */
final class CallLoad {
    private static final Duration T1 = Duration.ofMillis(500);
    private static final int MOST_SENT = 7;
    private static final Pattern TAG = Pattern.compile(";tag=([^;\\s]+)");

    private final class Caller {
        private final String id;
        private String waitingFor = "INVITE";
        private String to = "<sip:1001@pbx.example>";
        private int sent;

        Caller(String id) {
            this.id = id;
        }

        void send(String method) {
            int cseq = method.equals("BYE") ? 2 : 1;
            String branch = method.equals("ACK") && outcomeIsSuccess() ? "ack" : method.equals("BYE") ? "bye" : "inv";
            CallLoad.this.send(method + " " + target + " SIP/2.0\r\n"
                    + "Via: SIP/2.0/UDP " + SipScene.PBX + ":5070;branch=z9hG4bK" + id + branch + "\r\n"
                    + "Max-Forwards: 70\r\nFrom: <sip:1002@pbx.example>;tag=f" + id + "\r\n"
                    + "To: " + to + "\r\nCall-ID: " + id + "\r\nCSeq: " + cseq + " " + method + "\r\n"
                    + "Contact: <sip:1002@" + SipScene.PBX + ":5070>\r\nContent-Length: 0\r\n\r\n");
        }

        private boolean outcomeIsSuccess() {
            return !waitingFor.equals("nothing");
        }

        /** Until it is answered, or Timer B fires. */
        void repeat(String method, Duration after) {
            if (!waitingFor.equals(method)) {
                return;
            }
            if (sent++ == MOST_SENT) {
                waitingFor = "nothing";
                unanswered++;
                callers.remove(id);
                return;
            }
            repetitions += sent > 1 ? 1 : 0;
            send(method);
            loop.schedule(after, () -> repeat(method, after.multipliedBy(2)));
        }

        void response(int status, String method, String toHeader) {
            if (status < 200) {
                return;
            }
            if (method.equals("BYE")) {
                if (waitingFor.equals("BYE")) {
                    waitingFor = "nothing";
                    completed++;
                    callers.remove(id);
                }
                return;
            }
            to = toHeader;
            if (status >= 300) {
                if (waitingFor.equals("INVITE")) {
                    refused++;
                }
                waitingFor = "nothing";
                send("ACK");
                callers.remove(id);
                return;
            }
            if (waitingFor.equals("INVITE")) {
                waitingFor = "hanging up";
                sent = 0;
                send("ACK");
                loop.schedule(Duration.ofSeconds(1), () -> {
                    waitingFor = "BYE";
                    repeat("BYE", T1);
                });
            } else {
                send("ACK");
            }
        }
    }

    private final Loop loop;
    private final DatagramLink link;
    private final InetSocketAddress engine;
    private final String target;
    private final Map<String, Caller> callers = new HashMap<>();
    private int started;
    int completed;
    int refused;
    int unanswered;
    int repetitions;

    CallLoad(VirtualTime time, SimulatedHost host, InetSocketAddress engine, String target) {
        this.loop = time.openLoop("callers");
        this.engine = engine;
        this.target = target;
        try {
            link = host.openDatagram(new InetSocketAddress(SipScene.PBX, 5070), this::received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That many calls in each second. */
    void offer(int rate, int seconds) {
        for (long i = 0; i < (long) rate * seconds; i++) {
            loop.schedule(Duration.ofNanos(1_000_000_000L * i / rate), () -> {
                Caller caller = new Caller("c" + started++);
                callers.put(caller.id, caller);
                caller.repeat("INVITE", T1);
            });
        }
    }

    /** Callers that have not come to an end. */
    int open() {
        return callers.size();
    }

    private void send(String message) {
        link.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), engine);
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        String text = StandardCharsets.UTF_8.decode(packet).toString();
        Caller caller = callers.get(header(text, "Call-ID"));
        String to = header(text, "To");
        if (caller != null && text.startsWith("SIP/2.0 ") && TAG.matcher(to).find()) {
            int status = Integer.parseInt(text.substring(8, 11));
            caller.response(status, header(text, "CSeq").replaceFirst("^\\d+ ", ""), to);
        }
    }

    private static String header(String message, String name) {
        Matcher line = Pattern.compile("\r\n" + name + ": ([^\r]*)").matcher(message);
        return line.find() ? line.group(1) : "";
    }
}
