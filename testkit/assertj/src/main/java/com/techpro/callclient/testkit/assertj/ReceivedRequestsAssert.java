// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.WritableAssertionInfo;

/**
 * Requests of one method that a PBX received. Each method narrows the selection and fails if none
 * is left. Header names are as in {@link RecordedRequest#header}.
 */
public final class ReceivedRequestsAssert extends AbstractAssert<ReceivedRequestsAssert, EmbeddedPbx> {
    private final Supplier<List<RecordedRequest>> received;
    private final String method;
    private final Duration limit;
    private final List<Criterion> criteria = new ArrayList<>();

    /** @param received all requests, of every method */
    ReceivedRequestsAssert(
            EmbeddedPbx actual,
            Supplier<List<RecordedRequest>> received,
            String method,
            Duration limit,
            WritableAssertionInfo description) {
        super(actual, ReceivedRequestsAssert.class);
        this.received = received;
        this.method = method;
        this.limit = limit;
        info.description(description.description());
    }

    /** Selects requests with this header value, alone or among others. */
    public ReceivedRequestsAssert withHeader(String name, String value) {
        return narrow(Criterion.header(name, value));
    }

    public ReceivedRequestsAssert withHeader(String name) {
        return narrow(Criterion.header(name));
    }

    public ReceivedRequestsAssert withoutHeader(String name) {
        return narrow(Criterion.noHeader(name));
    }

    /** Selects by the user in From. */
    public ReceivedRequestsAssert from(String user) {
        return narrow(Criterion.from(user));
    }

    /** Selects by the user in To. */
    public ReceivedRequestsAssert to(String user) {
        return narrow(Criterion.to(user));
    }

    public ReceivedRequestsAssert over(SipTransport transport) {
        return narrow(Criterion.over(transport));
    }

    public ReceivedRequestsAssert withBodyContaining(String text) {
        return narrow(Criterion.bodyContaining(text));
    }

    /** @param what describes the condition in the failure: {@code "with early media"} */
    public ReceivedRequestsAssert that(String what, Predicate<RecordedRequest> holds) {
        return narrow(new Criterion(what, holds, request -> "not " + what));
    }

    /**
     * Asserts the exact number of selected requests; with a time limit, waits until there are at
     * least as many.
     */
    public ReceivedRequestsAssert times(int count) {
        boolean unused = actual.holdsWithin(() -> fitting().size() >= count, limit);
        int found = fitting().size();
        if (found != count) {
            fail(count + " times", "came " + found + " times");
        }
        return this;
    }

    /** Returns the oldest selected request. */
    public RecordedRequest first() {
        return fitting().get(0);
    }

    ReceivedRequestsAssert exist() {
        if (!actual.holdsWithin(() -> !fitting().isEmpty(), limit)) {
            fail("", ofMethod().isEmpty() ? "none came" : "none of these was so:" + misfits());
        }
        return this;
    }

    private ReceivedRequestsAssert narrow(Criterion criterion) {
        criteria.add(criterion);
        return exist();
    }

    private List<RecordedRequest> fitting() {
        return ofMethod().stream()
                .filter(request -> criteria.stream()
                        .allMatch(criterion -> criterion.holds().test(request)))
                .toList();
    }

    private List<RecordedRequest> ofMethod() {
        return received.get().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    /** Lists each request with its first mismatch. */
    private String misfits() {
        StringBuilder lines = new StringBuilder();
        for (RecordedRequest request : ofMethod()) {
            criteria.stream()
                    .filter(criterion -> !criterion.holds().test(request))
                    .findFirst()
                    .ifPresent(criterion -> lines.append("\n  ")
                            .append(request)
                            .append(" has ")
                            .append(criterion.found().apply(request)));
        }
        return lines.toString();
    }

    private void fail(String count, String instead) {
        StringBuilder message = new StringBuilder("expected ").append(method);
        criteria.forEach(criterion -> message.append(' ').append(criterion.wanted()));
        message.append(count.isEmpty() ? "" : " " + count).append(Received.within(limit));
        message.append(", but ").append(instead).append("\nReceived were").append(Received.list(received.get()));
        if (actual.droppedRequests() > 0) {
            message.append("\nand ").append(actual.droppedRequests()).append(" that are not kept any more");
        }
        failWithMessage("%s", message);
    }
}
