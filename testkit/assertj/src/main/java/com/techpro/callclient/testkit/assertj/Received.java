// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Formats parts of messages. */
final class Received {
    private static final int MOST = 50;

    private Received() {}

    /** Lists requests, one a line, the newest last. */
    static String list(List<RecordedRequest> requests) {
        if (requests.isEmpty()) {
            return " nothing at all";
        }
        int older = Math.max(0, requests.size() - MOST);
        return (older == 0 ? "" : "\n  " + older + " others, and then")
                + requests.stream().skip(older).map(request -> "\n  " + request).collect(Collectors.joining());
    }

    static String within(Duration limit) {
        return limit.isZero() ? "" : " within " + limit;
    }
}
