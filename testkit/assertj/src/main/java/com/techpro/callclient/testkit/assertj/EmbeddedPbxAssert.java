// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxState;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a PBX. They check once, unless {@link #within} gives them time. */
public final class EmbeddedPbxAssert extends AbstractAssert<EmbeddedPbxAssert, EmbeddedPbx> {
    private Duration limit = Duration.ZERO;

    EmbeddedPbxAssert(EmbeddedPbx actual) {
        super(actual, EmbeddedPbxAssert.class);
    }

    /** Lets the following assertions wait this long, in virtual time by advancing time. */
    public EmbeddedPbxAssert within(Duration longest) {
        limit = longest;
        return this;
    }

    /**
     * Asserts that a request of that method has arrived since the start or
     * {@link EmbeddedPbx#forgetRequests}. Further calls narrow the selection.
     */
    public ReceivedRequestsAssert received(String method) {
        isNotNull();
        return new ReceivedRequestsAssert(actual, actual::requests, method, limit, info).exist();
    }

    /**
     * Asserts that no request of that method has arrived. With {@link #within} it waits the whole
     * time, and none may arrive in it.
     */
    public EmbeddedPbxAssert receivedNo(String method) {
        isNotNull();
        if (actual.holdsWithin(() -> !actual.requests(method).isEmpty(), limit)) {
            failWithMessage(
                    "%s", "expected no " + method + ", but received were" + Received.list(actual.requests(method)));
        }
        return this;
    }

    /** Asserts that an extension has a registered phone. */
    public EmbeddedPbxAssert hasRegistered(String extension) {
        return registered(extension, true);
    }

    /** Asserts that an extension has no registered phone. */
    public EmbeddedPbxAssert hasNotRegistered(String extension) {
        return registered(extension, false);
    }

    private EmbeddedPbxAssert registered(String extension, boolean wanted) {
        isNotNull();
        if (!actual.holdsWithin(() -> actual.state().isRegistered(extension) == wanted, limit)) {
            failWithMessage(
                    "%s",
                    "expected " + extension + (wanted ? "" : " not") + " to be registered" + Received.within(limit)
                            + "; registered are "
                            + actual.state().registrations().stream()
                                    .map(PbxState.Registration::extension)
                                    .toList());
        }
        return this;
    }

    /** Asserts how many calls are ringing or connected. */
    public EmbeddedPbxAssert hasActiveCalls(int count) {
        isNotNull();
        if (!actual.holdsWithin(() -> actual.state().activeCalls() == count, limit)) {
            failWithMessage(
                    "%s",
                    "expected " + count + " calls" + Received.within(limit) + ", but there are "
                            + actual.state().activeCalls());
        }
        return this;
    }
}
