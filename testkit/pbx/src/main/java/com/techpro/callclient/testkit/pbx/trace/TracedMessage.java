// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.engine.diagnostics.SipTraceMessage;
import com.techpro.callclient.engine.diagnostics.SipTraceMessage.Direction;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.request.SecretRedaction;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP message as it was sent or received, after TLS was taken off. Immutable. {@link #redactedText} and {@link #toString} show no password, key or token;
 * {@link #wire} shows everything.
 */
public final class TracedMessage {
    /** RFC 5737: addresses that are nobody's, for ends of which no address is known. */
    private static final int NOBODYS_NET = 0xC0000200;

    private static final int SIP_PORT = 5060;

    private static final Pattern START =
            Pattern.compile("(?:SIP/2\\.0 (\\d{3}) ?(.*)|([A-Z]+) \\S+ SIP/2\\.0)", Pattern.CASE_INSENSITIVE);

    private final Instant at;
    private final SipTransport transport;
    private final Endpoint from;
    private final Endpoint to;
    private final byte[] wire;
    private final boolean redacted;

    private TracedMessage(
            Instant at, SipTransport transport, Endpoint from, Endpoint to, byte[] wire, boolean redacted) {
        this.at = at;
        this.transport = transport;
        this.from = from;
        this.to = to;
        this.wire = wire;
        this.redacted = redacted;
    }

    /**
     * One end.
     *
     * @param name for a reader; empty where only the address is known
     */
    public record Endpoint(String name, InetSocketAddress address) {}

    /** A message whose bytes are known. */
    public static TracedMessage of(Instant at, SipTransport transport, Endpoint from, Endpoint to, byte[] wire) {
        return new TracedMessage(at, transport, from, to, wire.clone(), false);
    }

    /**
     * A message that an engine's trace tells of. It tells no addresses: each of its flows gets one that is nobody's (RFC 5737).
     *
     * @param app the name of the app whose engine that is
     */
    public static TracedMessage of(String app, SipTraceMessage message) {
        Endpoint own = new Endpoint(app, address(1));
        Endpoint other =
                new Endpoint("flow " + message.flow() + " of " + app, address(2 + (int) (message.flow() % 250)));
        boolean sent = message.direction() == Direction.SENT;
        return new TracedMessage(
                message.time(),
                message.transport(),
                sent ? own : other,
                sent ? other : own,
                message.text().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
                message.redacted());
    }

    /** By the clock of who traced it. */
    public Instant at() {
        return at;
    }

    public SipTransport transport() {
        return transport;
    }

    public Endpoint from() {
        return from;
    }

    public Endpoint to() {
        return to;
    }

    /** Its method, or its status and what that is called; {@code ?} for what cannot be read. */
    public String summary() {
        Matcher start = START.matcher(startLine());
        if (!start.matches()) {
            return "?";
        }
        String method = start.group(3);
        return method != null ? method : start.group(1) + " " + start.group(2);
    }

    /** Its status, 0 for a request, -1 for what cannot be read. */
    public int status() {
        Matcher start = START.matcher(startLine());
        if (!start.matches()) {
            return -1;
        }
        return start.group(3) != null ? 0 : Integer.parseInt(start.group(1));
    }

    /** The first value of a header by its full name, without secrets; empty if there is none. */
    public String header(String name) {
        String prefix = name + ": ";
        return redactedText()
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }

    /** All of it but secrets and bodies other than SDP, with {@code CRLF} after each line. */
    public String redactedText() {
        return redacted ? new String(wire, StandardCharsets.UTF_8) : SecretRedaction.ofWire(wire);
    }

    /** A copy of all of it, as it was sent, secrets too; what an engine's trace has left out is not there. */
    public byte[] wire() {
        return wire.clone();
    }

    @Override
    public String toString() {
        return at + " " + summary() + " over " + transport;
    }

    private String startLine() {
        return redactedText().lines().findFirst().orElse("");
    }

    private static InetSocketAddress address(int host) {
        int all = NOBODYS_NET | host;
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(
                            new byte[] {(byte) (all >> 24), (byte) (all >> 16), (byte) (all >> 8), (byte) all}),
                    SIP_PORT);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
