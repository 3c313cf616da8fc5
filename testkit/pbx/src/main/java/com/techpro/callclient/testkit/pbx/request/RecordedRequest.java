// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.request;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that a phone sent to the PBX, as parsed. Immutable, and usable from any thread. It is
 * recorded once, however often it was sent, and before faults and stubs apply. {@link #toString}
 * and {@link #redactedText} show no password, key or token; {@link #fullText} and the other
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

    /** Returns the method in capitals, such as {@code INVITE}. */
    public String method() {
        return request.method();
    }

    /** Returns the URI in the start line. */
    public String requestUri() {
        return request.requestUri().encode();
    }

    /** Returns the unauthenticated user in From; empty if there is none. */
    public String fromUser() {
        return orEmpty(request.from().uri().user());
    }

    /** Returns the user in To; empty if there is none. */
    public String toUser() {
        return orEmpty(request.to().uri().user());
    }

    public String callId() {
        return request.callId();
    }

    /**
     * Returns the first value of a header, or null. Names are case-insensitive, and compact names
     * equal the long ones: {@code f} is {@code From}.
     */
    public @Nullable String header(String name) {
        return request.header(name);
    }

    /**
     * Returns all values of a header in order, or an empty list. Lists such as {@code Supported}
     * are split at commas. Names as in {@link #header}.
     */
    public List<String> headers(String name) {
        return request.headers(name);
    }

    /** As {@link #headers}, for printing: secrets are removed. */
    public List<String> redactedHeaders(String name) {
        return headers(name).stream()
                .map(value -> SecretRedaction.ofHeaderValue(name, value))
                .toList();
    }

    /** Returns the body's type and subtype in lower case, or null. */
    public @Nullable String contentType() {
        return request.contentType();
    }

    /** Returns a copy of the body, without bytes if there is none. */
    public byte[] body() {
        return request.body();
    }

    /** Returns the body, read as UTF-8. */
    public String bodyText() {
        return request.bodyText();
    }

    /** Returns when its first copy arrived, by the PBX's clock. */
    public Instant receivedAt() {
        return receivedAt;
    }

    public SipTransport transport() {
        return transport;
    }

    /** Returns the source address. */
    public InetSocketAddress source() {
        return source;
    }

    /**
     * Returns the whole request, secrets too. Folded headers are on one line, and compact names are
     * written out.
     */
    public String fullText() {
        return new String(request.encode(), StandardCharsets.UTF_8);
    }

    /**
     * Returns the request without secrets, for logs and assertion messages: see {@link #toString}.
     */
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
