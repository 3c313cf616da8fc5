// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.assertj;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A condition on a request.
 *
 * @param wanted describes it
 * @param found describes what a request has instead, without secrets
 */
record Criterion(String wanted, Predicate<RecordedRequest> holds, Function<RecordedRequest, String> found) {
    static Criterion header(String name, String value) {
        return new Criterion(
                "with " + name + ": " + value,
                request -> request.headers(name).contains(value),
                request -> headers(request, name));
    }

    static Criterion header(String name) {
        return new Criterion(
                "with " + name, request -> request.header(name) != null, request -> headers(request, name));
    }

    static Criterion noHeader(String name) {
        return new Criterion(
                "without " + name, request -> request.header(name) == null, request -> headers(request, name));
    }

    static Criterion from(String user) {
        return new Criterion(
                "from " + user, request -> request.fromUser().equals(user), request -> "from " + request.fromUser());
    }

    static Criterion to(String user) {
        return new Criterion(
                "to " + user, request -> request.toUser().equals(user), request -> "to " + request.toUser());
    }

    static Criterion over(SipTransport transport) {
        return new Criterion(
                "over " + transport,
                request -> request.transport() == transport,
                request -> "over " + request.transport());
    }

    static Criterion bodyContaining(String text) {
        return new Criterion(
                "with a body containing " + text,
                request -> request.bodyText().contains(text),
                request -> request.body().length == 0 ? "no body" : "\n" + request.redactedText());
    }

    private static String headers(RecordedRequest request, String name) {
        List<String> values = request.redactedHeaders(name);
        return values.isEmpty() ? "no " + name : name + ": " + String.join(", ", values);
    }
}
