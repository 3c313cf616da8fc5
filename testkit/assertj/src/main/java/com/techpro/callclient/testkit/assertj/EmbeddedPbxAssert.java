// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxState;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a PBX. They look at it once, unless {@link #within} gives them time. */
public final class EmbeddedPbxAssert extends AbstractAssert<EmbeddedPbxAssert, EmbeddedPbx> {
    private Duration limit = Duration.ZERO;

    EmbeddedPbxAssert(EmbeddedPbx actual) {
        super(actual, EmbeddedPbxAssert.class);
    }

    /** Lets what follows wait for so long, in virtual time by letting time pass. */
    public EmbeddedPbxAssert within(Duration longest) {
        limit = longest;
        return this;
    }

    /** A request of that method came, at any time since the start or {@link EmbeddedPbx#forgetRequests}. What follows narrows which. */
    public ReceivedRequestsAssert received(String method) {
        isNotNull();
        return new ReceivedRequestsAssert(actual, actual::requests, method, limit, info).exist();
    }

    /** No request of that method came. With {@link #within} it waits for the whole time, and none may come in it. */
    public EmbeddedPbxAssert receivedNo(String method) {
        isNotNull();
        if (actual.holdsWithin(() -> !actual.requests(method).isEmpty(), limit)) {
            failWithMessage(
                    "%s", "expected no " + method + ", but received were" + Received.list(actual.requests(method)));
        }
        return this;
    }

    /** An extension has a phone that can be reached. */
    public EmbeddedPbxAssert hasRegistered(String extension) {
        return registered(extension, true);
    }

    /** An extension has no phone that can be reached. */
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

    /** So many calls ring or talk. */
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
