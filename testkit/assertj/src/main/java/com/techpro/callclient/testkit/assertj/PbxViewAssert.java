// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.PbxView;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what a PBX has to do with one extension. They look at it once, unless {@link #within} gives them time. */
public final class PbxViewAssert extends AbstractAssert<PbxViewAssert, PbxView> {
    private Duration limit = Duration.ZERO;

    PbxViewAssert(PbxView actual) {
        super(actual, PbxViewAssert.class);
    }

    /** Lets what follows wait for so long, in virtual time by letting time pass. */
    public PbxViewAssert within(Duration longest) {
        limit = longest;
        return this;
    }

    /** A request of that method came from the extension since the view was made. What follows narrows which; others' requests are not looked at. */
    public ReceivedRequestsAssert received(String method) {
        isNotNull();
        return new ReceivedRequestsAssert(actual.pbx(), actual::requests, method, limit, info).exist();
    }

    /** None came from the extension. With {@link #within} it waits for the whole time, and none may come in it. */
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

    /** The extension has a phone that can be reached. */
    public PbxViewAssert isRegistered() {
        return registered(true);
    }

    /** The extension has no phone that can be reached. */
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
