// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.ports.trace.SipTraceMessage.Direction;
import com.techpro.callclient.testkit.pbx.request.SecretRedaction;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP message as sent or received, without TLS. Immutable. {@link #redactedText} and
 * {@link #toString} show no password, key or token; {@link #wire} shows everything.
 */
public final class TracedMessage {
    /** RFC 5737: documentation addresses, for endpoints with an unknown address. */
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
     * One endpoint.
     *
     * @param name for a reader; empty if only the address is known
     */
    public record Endpoint(String name, InetSocketAddress address) {}

    /** Creates a message from its bytes. */
    public static TracedMessage of(Instant at, SipTransport transport, Endpoint from, Endpoint to, byte[] wire) {
        return new TracedMessage(at, transport, from, to, wire.clone(), false);
    }

    /**
     * Creates a message from an engine's trace. It has no addresses, so each flow gets a
     * documentation address (RFC 5737).
     *
     * @param app the name of the engine's app
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

    /** Returns its time by the tracer's clock. */
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

    /** Returns its method, or its status and reason; {@code ?} if unreadable. */
    public String summary() {
        Matcher start = START.matcher(startLine());
        if (!start.matches()) {
            return "?";
        }
        String method = start.group(3);
        return method != null ? method : start.group(1) + " " + start.group(2);
    }

    /** Returns its status, 0 for a request, -1 if unreadable. */
    public int status() {
        Matcher start = START.matcher(startLine());
        if (!start.matches()) {
            return -1;
        }
        return start.group(3) != null ? 0 : Integer.parseInt(start.group(1));
    }

    /**
     * Returns the first value of a header by its full name, without secrets; empty if there is
     * none.
     */
    public String header(String name) {
        return SecretRedaction.headerOfWire(wire, name);
    }

    /**
     * Returns the message without secrets and bodies other than SDP, with {@code CRLF} after each
     * line.
     */
    public String redactedText() {
        return redacted ? new String(wire, StandardCharsets.UTF_8) : SecretRedaction.ofWire(wire);
    }

    /** Returns a copy of the sent bytes, secrets too, except what an engine's trace left out. */
    public byte[] wire() {
        return wire.clone();
    }

    @Override
    public String toString() {
        return at + " " + summary() + " over " + transport;
    }

    private String startLine() {
        return SecretRedaction.startOfWire(wire);
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
