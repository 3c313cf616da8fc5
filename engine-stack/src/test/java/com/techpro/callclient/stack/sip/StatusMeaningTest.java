// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StatusMeaningTest {
    @Test
    void a_reason_phrase_is_shown_without_control_characters_and_shortened() {
        String phrase = "Nein \u202Eknil" + "x".repeat(200);
        SipStatus shown = StatusMeaning.shown(response(403).reason(phrase).build());

        assertThat(shown.code()).isEqualTo(403);
        assertThat(shown.phrase()).startsWith("Nein knilxx").hasSize(100);
        assertThat(shown.toString()).as("O2").isEqualTo("SipStatus[403]");
    }

    @Test
    void only_408_and_481_end_a_dialog_and_lasting_codes_stop_a_subscription() {
        StringBuilder lasting = new StringBuilder();
        StringBuilder ending = new StringBuilder();
        for (int status = 300; status < 700; status++) {
            lasting.append(StatusMeaning.of(status).isLasting() ? " " + status : "");
            ending.append(StatusMeaning.of(status).endsDialog() ? " " + status : "");
        }
        assertThat(lasting.toString().trim().toLowerCase(Locale.ROOT))
                .isEqualTo("403 404 405 410 416 420 481 484 485 489 501 604");
        assertThat(ending.toString().trim()).isEqualTo("408 481");
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
