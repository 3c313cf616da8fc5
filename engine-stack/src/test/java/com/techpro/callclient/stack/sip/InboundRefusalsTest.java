// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phone system may ask for and does not get, each with the answer the RFCs name, outside and inside a dialog. */
class InboundRefusalsTest {
    private final SipScene scene = new SipScene();
    private final SipEndpoint endpoint = scene.endpoint();
    private final List<String> inDialog = new ArrayList<>();
    private SipUri contact;
    private String tag;
    private int sent;

    @BeforeEach
    void aCall() {
        scene.register(endpoint);
        contact = scene.on(() -> endpoint.contact().uri());
        send(scene.fromPbx("INVITE", contact, "call"));
        ServerTransactionHandle invite = scene.incoming.get(0);
        tag = invite.localTag();
        scene.answer(endpoint, invite, inDialog);
        send(within("ACK", 1));
        scene.heard.clear();
        scene.pbx.responses.clear();
        inDialog.clear();
    }

    private SipRequest.Builder within(String method, long cseq) {
        return scene.fromPbx(method, contact, "d" + sent++)
                .callId("incoming-call")
                .cseq(cseq, method)
                .to(scene.incoming.get(0).request().to().withTag(tag));
    }

    private void send(SipRequest.Builder request) {
        scene.pbx.send(request.build());
        scene.pass(20);
    }

    private SipResponse answerTo(SipRequest.Builder request) {
        scene.pbx.responses.clear();
        send(request);
        assertThat(scene.pbx.responses).isNotEmpty();
        return scene.pbx.responses.get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "OPTIONS", "NOTIFY"})
    void RFC_3261_8_2_2_3_an_unknown_extension_is_420_outside_dialogs(String method) {
        SipResponse answer = answerTo(scene.fromPbx(method, contact, "r").add("Require", "foo"));

        assertThat(answer.status()).isEqualTo(420);
        assertThat(answer.headers("Unsupported")).containsExactly("foo");
        assertThat(scene.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "OPTIONS", "NOTIFY", "BYE", "INFO", "UPDATE", "PRACK"})
    void RFC_3261_8_2_2_3_an_unknown_extension_is_420_inside_a_dialog(String method) {
        SipResponse answer = answerTo(within(method, 2).add("Require", "timer").add("Require", "foo"));

        assertThat(answer.status()).isEqualTo(420);
        assertThat(answer.headers("Unsupported")).containsExactly("foo");
        assertThat(inDialog).as("the call goes on").isEmpty();
    }

    @Test
    void RFC_3261_8_2_2_3_in_ACK_and_CANCEL_extensions_are_not_looked_at() {
        scene.ringing = true;
        send(scene.fromPbx("INVITE", contact, "c"));
        SipResponse answer = answerTo(scene.fromPbx("CANCEL", contact, "c").add("Require", "foo"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(scene.heard).contains("cancelled []");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUBSCRIBE", "MESSAGE", "PUBLISH", "REGISTER", "FOO"})
    void RFC_3261_8_2_1_a_method_we_do_not_have_is_405_with_those_we_do(String method) {
        for (SipRequest.Builder request : List.of(scene.fromPbx(method, contact, "m"), within(method, 2))) {
            SipResponse answer = answerTo(request.set("Refer-To", "<sip:203.0.113.1>"));

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers("Allow"))
                    .contains("INVITE", "UPDATE", "PRACK")
                    .doesNotContain(method);
        }
        assertThat(scene.heard).isEmpty();
        assertThat(inDialog).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYE", "INFO", "UPDATE", "PRACK", "INVITE", "NOTIFY"})
    void RFC_3261_12_2_2_of_a_dialog_that_does_not_exist_it_is_481(String method) {
        SipResponse answer = answerTo(within(method, 2).callId("somebody-elses"));

        assertThat(answer.status()).isEqualTo(481);
        assertThat(inDialog).isEmpty();
    }

    @Test
    void RFC_3261_12_2_2_an_older_request_that_was_overtaken_is_500() {
        assertThat(answerTo(within("INFO", 7)).status()).isEqualTo(200);

        assertThat(answerTo(within("BYE", 6)).status()).isEqualTo(500);
        assertThat(inDialog).containsExactly("INFO");
        assertThat(answerTo(within("BYE", 8)).status()).isEqualTo(200);
    }

    @Test
    void RFC_3911_joining_a_call_is_refused_where_it_is_insisted_on() {
        SipResponse answer = answerTo(scene.fromPbx("INVITE", contact, "x")
                .set("Join", "incoming-call;to-tag=" + tag + ";from-tag=caller")
                .add("Require", "join"));

        assertThat(answer.status()).isEqualTo(420);
        assertThat(inDialog).isEmpty();
    }
}
