// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.stack.sip.StatusMeaning;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallEndingsTest {
    @ParameterizedTest
    @CsvSource({
        "301, redirected-301, redirected-301",
        "400, rejected-400, rejected-400",
        "401, wrong-credentials, wrong-credentials",
        "403, forbidden, forbidden",
        "404, not-found, not-found",
        "405, rejected-405, rejected-405",
        "407, wrong-credentials, wrong-credentials",
        "408, timeout-response, no-answer",
        "410, not-found, not-found",
        "415, rejected-415, media-refused",
        "422, session-interval-too-small, session-interval-too-small",
        "480, unavailable, unavailable",
        "481, rejected-481, rejected-481",
        "484, not-found, not-found",
        "485, not-found, not-found",
        "486, busy, busy",
        "487, rejected-487, no-answer",
        "488, media-refused, media-refused",
        "491, rejected-491, rejected-491",
        "500, server-error-500, server-error-500",
        "501, server-error-501, server-error-501",
        "503, server-error-503, server-error-503",
        "600, busy, busy",
        "603, declined, declined",
        "604, not-found, not-found",
        "606, media-refused, media-refused",
        "607, declined, declined",
        "699, rejected-699, rejected-699"
    })
    void one_status_means_one_thing(int status, String failure, String ending) {
        SipResponse response = response(status).build();
        Failure why = StatusMeaning.failure(response);

        assertThat(why.code()).isEqualTo(failure);
        assertThat(StatusMeaning.failure(status)).isEqualTo(why);
        assertThat(CallEndings.of(response, why, MediaProblem.REFUSED, true).code())
                .isEqualTo(ending);
    }

    @ParameterizedTest
    @CsvSource({
        "403, Q.850;cause=21, declined",
        "480, 'SIP;cause=603;text=\"Decline\"', declined",
        "480, Q.850;cause=17;text=busy, busy",
        "503, Q.850;cause=1, not-found",
        "480, Q.850;cause=19, no-answer",
        "403, Q.850;cause=16, forbidden",
        "403, SIP;cause=503, forbidden",
        "486, Q.850;cause=21, busy",
        "403, Q.850;cause=x, forbidden"
    })
    void RFC6432_a_Reason_header_refines_a_general_rejection(int status, String reason, String ending) {
        SipResponse response = response(status)
                .add("Reason", "Preemption;cause=1")
                .add("Reason", reason)
                .build();

        assertThat(CallEndings.of(response, StatusMeaning.failure(response), MediaProblem.NO_COMMON_CODEC, true)
                        .code())
                .isEqualTo(ending);
    }

    private static SipResponse.Builder response(int status) {
        return SipResponse.respondTo(
                SipRequest.builder("INVITE", SipUri.of("sip:bob@192.0.2.2"))
                        .from(NameAddr.of(SipUri.of("sip:alice@pbx.example")).withTag("a"))
                        .to(NameAddr.of(SipUri.of("sip:bob@pbx.example")))
                        .callId("c")
                        .cseq(1, "INVITE")
                        .build(),
                status);
    }
}
