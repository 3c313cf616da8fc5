// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.request;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that a phone sent to the PBX, as it was read. Immutable, and usable from any thread. It is there once however often it was sent, and whatever
 * became of it: faults and stubs come after it. {@link #toString} and {@link #redactedText} show no password, key or token; {@link #fullText} and the other
 * accessors show everything.
 */
public final class RecordedRequest {
    private final SipRequest request;
    private final Instant receivedAt;
    private final SipTransport transport;
    private final InetSocketAddress source;

    RecordedRequest(SipRequest request, Instant receivedAt, SipTransport transport, InetSocketAddress source) {
        this.request = request;
        this.receivedAt = receivedAt;
        this.transport = transport;
        this.source = source;
    }

    /** In capitals, such as {@code INVITE}. */
    public String method() {
        return request.method();
    }

    /** As in the start line. */
    public String requestUri() {
        return request.requestUri().encode();
    }

    /** The user in From, which nobody has proved yet; empty if there is none. */
    public String fromUser() {
        return orEmpty(request.from().uri().user());
    }

    /** The user in To; empty if there is none. */
    public String toUser() {
        return orEmpty(request.to().uri().user());
    }

    public String callId() {
        return request.callId();
    }

    /** The first value of a header, or null if there is none. Names are compared without case, and compact ones are the long ones: {@code f} is {@code From}. */
    public @Nullable String header(String name) {
        return request.header(name);
    }

    /** All values of a header in their order, none if it is absent; lists such as {@code Supported} are taken apart at their commas. Names as in {@link #header}. */
    public List<String> headers(String name) {
        return request.headers(name);
    }

    /** As {@link #headers}, for printing: without the secrets of headers that have some. */
    public List<String> redactedHeaders(String name) {
        return headers(name).stream()
                .map(value -> SecretRedaction.ofHeaderValue(name, value))
                .toList();
    }

    /** Type and subtype of the body in lower case, or null. */
    public @Nullable String contentType() {
        return request.contentType();
    }

    /** A copy; of no bytes if there is no body. */
    public byte[] body() {
        return request.body();
    }

    /** The body, read as UTF-8. */
    public String bodyText() {
        return request.bodyText();
    }

    /** When its first copy came, by the PBX's clock. */
    public Instant receivedAt() {
        return receivedAt;
    }

    public SipTransport transport() {
        return transport;
    }

    /** The address that it came from. */
    public InetSocketAddress source() {
        return source;
    }

    /** All of it, secrets too. Folded headers are on one line, and compact names are written out. */
    public String fullText() {
        return new String(request.encode(), StandardCharsets.UTF_8);
    }

    /** All of it but secrets, for logs and messages of assertions: see {@link #toString}. */
    public String redactedText() {
        return SecretRedaction.ofMessage(request.requestUri().encode(), fullText(), contentType());
    }

    /** Method, request URI, user, transport and time on one line. */
    @Override
    public String toString() {
        return method() + " " + SecretRedaction.ofUri(requestUri()) + " from " + fromUser() + " over " + transport
                + " at " + receivedAt;
    }

    private static String orEmpty(@Nullable String user) {
        return user == null ? "" : user;
    }
}
