// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.sun.management.ThreadMXBean;
import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.SipParser;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * Measures the cost of parsing an INVITE as phones send it.
 *
 * @param micros of the thread's CPU time
 * @param garbageBytes that the thread allocates
 */
record ParseCost(double micros, double garbageBytes) {
    private static final int WARM_UP = 50_000;
    private static final int ROUNDS = 50_000;
    private static final byte[] INVITE = String.join(
                    "\r\n",
                    "INVITE sip:1001@192.0.2.7:49152;line=a1;transport=tls SIP/2.0",
                    "Via: SIP/2.0/TLS pbx.example.com:5061;branch=z9hG4bK74bf9a2c1;rport",
                    "Max-Forwards: 70",
                    "Record-Route: <sip:pbx.example.com;transport=tls;lr>",
                    "From: \"Alice\" <sip:1002@pbx.example.com>;tag=9fxced76sl",
                    "To: <sip:1001@pbx.example.com>",
                    "Call-ID: 3848276298220188511@pbx.example.com",
                    "CSeq: 1 INVITE",
                    "Contact: <sip:1002@pbx.example.com;transport=tls>",
                    "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE",
                    "Supported: timer, replaces",
                    "User-Agent: ExamplePBX 1.0",
                    "Content-Type: application/sdp",
                    "Content-Length: 0",
                    "",
                    "")
            .getBytes(StandardCharsets.UTF_8);

    static ParseCost ofInvite() {
        SipParser parser = new SipParser();
        parse(parser, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long garbage = threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadCpuTime();
        parse(parser, ROUNDS);
        double nanos = threads.getCurrentThreadCpuTime() - before;
        return new ParseCost(
                nanos / 1e3 / ROUNDS, (double) (threads.getCurrentThreadAllocatedBytes() - garbage) / ROUNDS);
    }

    private static void parse(SipParser parser, int times) {
        for (int i = 0; i < times; i++) {
            if (!(parser.parse(INVITE, 0, INVITE.length) instanceof ParseOutcome.Parsed)) {
                throw new IllegalStateException("the INVITE is not understood");
            }
        }
    }
}
