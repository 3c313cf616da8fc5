// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.message.SipUri;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise S5: whoever writes the document of an extension does not say where our INVITE goes. */
class RingingDialogTest {
    private static final DialogId DIALOG = new DialogId("a@pbx", "here", "there");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "sip:phone@pbx.test, sip:1003@pbx.test, sip:1002@pbx.test, sip:phone@pbx.test",
                "sip:phone@evil.test, sip:1003@pbx.test, sip:1002@pbx.test, sip:1003@pbx.test",
                "-, sip:1003@pbx.test, sip:1002@pbx.test, sip:1003@pbx.test",
                "sip:phone@evil.test, sip:1003@evil.test, sip:1002@pbx.test, sip:1002@pbx.test",
                "-, sip:1003@evil.test, sip:1002@pbx.test, sip:1002@pbx.test",
                "-, -, sip:1002@pbx.test, sip:1002@pbx.test",
                "sip:phone@evil.test, sip:1003@evil.test, sip:1002@evil.test, -",
                "-, -, sip:1002@evil.test, -",
            })
    void the_INVITE_that_takes_a_call_stays_within_the_phone_system(
            String target, String caller, String watched, String to) {
        RingingDialog ringing = new RingingDialog(DIALOG, uri(target), uri(caller));

        assertThat(ringing.destination(uri -> uri.host().equals("pbx.test"), uri(watched)))
                .isEqualTo(uri(to));
    }

    private static SipUri uri(String text) {
        return text == null ? null : SipUri.of(text);
    }
}
