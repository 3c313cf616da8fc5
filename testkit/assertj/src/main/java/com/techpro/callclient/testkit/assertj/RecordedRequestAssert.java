// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about one request, such as one from {@code pbx.takeRequest(…)}. Header names are as in
 * {@link RecordedRequest#header}.
 */
public final class RecordedRequestAssert extends AbstractAssert<RecordedRequestAssert, RecordedRequest> {
    RecordedRequestAssert(RecordedRequest actual) {
        super(actual, RecordedRequestAssert.class);
    }

    public RecordedRequestAssert hasMethod(String method) {
        return is(new Criterion(
                "with method " + method,
                request -> request.method().equals(method),
                request -> "method " + request.method()));
    }

    /** Asserts that a header has this value, alone or among others. */
    public RecordedRequestAssert hasHeader(String name, String value) {
        return is(Criterion.header(name, value));
    }

    public RecordedRequestAssert hasHeader(String name) {
        return is(Criterion.header(name));
    }

    public RecordedRequestAssert hasNoHeader(String name) {
        return is(Criterion.noHeader(name));
    }

    /** Asserts the user in From. */
    public RecordedRequestAssert isFrom(String user) {
        return is(Criterion.from(user));
    }

    /** Asserts the user in To. */
    public RecordedRequestAssert isTo(String user) {
        return is(Criterion.to(user));
    }

    public RecordedRequestAssert cameOver(SipTransport transport) {
        return is(Criterion.over(transport));
    }

    public RecordedRequestAssert hasBodyContaining(String text) {
        return is(Criterion.bodyContaining(text));
    }

    private RecordedRequestAssert is(Criterion criterion) {
        isNotNull();
        if (!criterion.holds().test(actual)) {
            failWithMessage(
                    "%s",
                    "expected a request " + criterion.wanted() + ", but " + actual + " has "
                            + criterion.found().apply(actual));
        }
        return this;
    }
}
