// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.PbxView;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about one extension's traffic at a PBX. They check once, unless {@link #within} gives
 * them time.
 */
public final class PbxViewAssert extends AbstractAssert<PbxViewAssert, PbxView> {
    private Duration limit = Duration.ZERO;

    PbxViewAssert(PbxView actual) {
        super(actual, PbxViewAssert.class);
    }

    /** Lets the following assertions wait this long, in virtual time by advancing time. */
    public PbxViewAssert within(Duration longest) {
        limit = longest;
        return this;
    }

    /**
     * Asserts that a request of that method has arrived from the extension since the view was
     * created. Further calls narrow the selection; requests of others do not count.
     */
    public ReceivedRequestsAssert received(String method) {
        isNotNull();
        return new ReceivedRequestsAssert(actual.pbx(), actual::requests, method, limit, info).exist();
    }

    /**
     * Asserts that none has arrived from the extension. With {@link #within} it waits the whole
     * time, and none may arrive in it.
     */
    public PbxViewAssert receivedNo(String method) {
        isNotNull();
        if (actual.holdsWithin(() -> !actual.requests(method).isEmpty(), limit)) {
            failWithMessage(
                    "%s",
                    "expected no " + method + " from " + actual.extension() + ", but received were"
                            + Received.list(actual.requests(method)));
        }
        return this;
    }

    /** Asserts that the extension has a registered phone. */
    public PbxViewAssert isRegistered() {
        return registered(true);
    }

    /** Asserts that the extension has no registered phone. */
    public PbxViewAssert isNotRegistered() {
        return registered(false);
    }

    private PbxViewAssert registered(boolean wanted) {
        isNotNull();
        if (!actual.holdsWithin(() -> actual.isRegistered() == wanted, limit)) {
            failWithMessage(
                    "%s",
                    "expected " + actual.extension() + (wanted ? "" : " not") + " to be registered"
                            + Received.within(limit));
        }
        return this;
    }
}
