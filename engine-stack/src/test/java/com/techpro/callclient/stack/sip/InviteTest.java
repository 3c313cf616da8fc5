// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls out: forks, CANCEL, ACK, and requests within the dialog (RFC 3261 §9, §12, §13). */
class InviteTest {
    private final SipScene scene = new SipScene();
    private final SipEndpoint endpoint = scene.endpoint();

    private OutgoingInvite dial() {
        OutgoingInvite call =
                scene.on(() -> endpoint.invite(endpoint.newRequest("INVITE", SipScene.CALLEE), scene.inviteListener()));
        scene.pass(20);
        return call;
    }

    private SipResponse.Builder fork(int status, String tag) {
        return SipResponse.respondTo(scene.pbx.last("INVITE"), status)
                .toTag(tag)
                .contact(NameAddr.of(SipUri.of("sip:" + tag + "@" + SipScene.PBX + ":5060")));
    }

    @Test
    void an_answered_call_and_its_end() {
        OutgoingInvite call = dial();
        scene.pbx.send(fork(180, "one").build());
        scene.pbx.send(fork(200, "one").build());
        scene.pass(20);
        Dialog dialog = Dialog.uac(call.request(), scene.answers.get(0));
        assertThat(dialog.isEarly()).isTrue();
        dialog.confirm(scene.answers.get(1));
        scene.run(() -> call.acknowledge(dialog));
        scene.pbx.script(request -> scene.pbx.answer(request, 200));
        scene.run(() -> endpoint.send(dialog, dialog.request("BYE"), scene.listener("bye")));
        scene.pass(20);

        assertThat(scene.heard).containsExactly("provisional 180 one", "accepted one", "bye 200");
        SipRequest ack = scene.pbx.last("ACK");
        assertThat(ack.requestUri().encode()).isEqualTo("sip:one@192.0.2.10:5060");
        assertThat(ack.cseq().number()).isEqualTo(call.request().cseq().number());
        assertThat(ack.topVia().branch())
                .as("the ACK of a 2xx is a transaction of its own")
                .isNotEqualTo(call.request().topVia().branch());
        SipRequest bye = scene.pbx.last("BYE");
        assertThat(bye.cseq().number()).isEqualTo(2);
        assertThat(bye.to().tag()).isEqualTo("one");
        assertThat(bye.from().tag()).isEqualTo(call.request().from().tag());
        scene.assertQuiet();
    }

    @Test
    void a_repeated_2xx_gets_the_same_ack_without_bothering_the_call() {
        OutgoingInvite call = dial();
        SipResponse ok = fork(200, "one").build();
        scene.pbx.send(ok);
        scene.pass(20);
        scene.run(() -> call.acknowledge(Dialog.uac(call.request(), ok)));
        scene.pass(20);
        scene.pbx.send(ok);
        scene.pbx.send(ok);
        scene.pass(20);

        assertThat(scene.heard).containsExactly("accepted one");
        assertThat(scene.pbx.all("ACK")).hasSize(3);
        assertThat(scene.pbx.all("ACK").stream().map(a -> a.topVia().branch()).distinct())
                .hasSize(1);
        scene.assertQuiet();
        scene.pbx.send(ok);
        scene.pass(20);
        assertThat(scene.on(scene.stack::counters).transactions().strayResponses())
                .as("after timer M it belongs to nothing")
                .isEqualTo(1);
    }

    @Test
    void the_fork_that_is_not_wanted_is_acknowledged_and_ended() {
        OutgoingInvite call = dial();
        scene.pbx.script(request -> {
            if (request.isMethod("BYE")) {
                scene.pbx.answer(request, 200);
            }
        });
        scene.pbx.send(fork(183, "one").build());
        scene.pbx.send(fork(180, "two").build());
        scene.pbx.send(fork(200, "two").build());
        scene.pbx.send(fork(200, "one").build());
        scene.pass(20);
        SipResponse unwanted = scene.answers.get(3);
        scene.run(() -> {
            call.acknowledge(Dialog.uac(call.request(), scene.answers.get(2)));
            call.discard(unwanted);
        });
        scene.pass(20);

        assertThat(scene.heard)
                .containsExactly("provisional 183 one", "provisional 180 two", "accepted two", "accepted one");
        assertThat(scene.pbx.all("ACK")).extracting(a -> a.to().tag()).containsExactly("two", "one");
        assertThat(scene.pbx.all("BYE"))
                .singleElement()
                .satisfies(bye -> assertThat(bye.to().tag()).isEqualTo("one"));
        scene.assertQuiet();
    }

    @Test
    void cancel_waits_for_a_provisional_response() {
        OutgoingInvite call = dial();
        scene.run(() -> call.cancel("SIP;cause=487"));
        scene.pass(100);
        assertThat(scene.pbx.all("CANCEL")).isEmpty();

        scene.pbx.send(fork(180, "one").build());
        scene.pass(20);
        SipRequest invite = scene.pbx.last("INVITE");
        SipRequest cancel = scene.pbx.last("CANCEL");
        assertThat(cancel.topVia().branch()).isEqualTo(invite.topVia().branch());
        assertThat(cancel.requestUri().encode()).isEqualTo(invite.requestUri().encode());
        assertThat(cancel.cseq().encode()).isEqualTo("1 CANCEL");
        assertThat(cancel.to().tag()).isNull();
        assertThat(cancel.header("Reason")).isEqualTo("SIP;cause=487");

        scene.pbx.answer(cancel, 200);
        scene.pbx.send(fork(487, "one").build());
        scene.pass(20);
        assertThat(scene.heard).containsExactly("provisional 180 one", "rejected 487 rejected-487");
        assertThat(scene.pbx.last("ACK").topVia().branch())
                .isEqualTo(invite.topVia().branch());
        scene.assertQuiet();
    }

    @Test
    void an_answer_that_crosses_the_cancel_is_reported() {
        OutgoingInvite call = dial();
        scene.pbx.send(fork(180, "one").build());
        scene.pass(20);
        scene.run(() -> call.cancel(null));
        scene.pbx.send(fork(200, "one").build());
        scene.pass(20);

        assertThat(scene.heard).containsExactly("provisional 180 one", "accepted one");
        scene.run(() -> call.discard(scene.answers.get(1)));
        scene.pass(20);
        assertThat(scene.pbx.all("BYE")).isNotEmpty();
    }

    @Test
    void a_call_cancelled_before_its_INVITE_sends_nothing() {
        OutgoingInvite call = scene.on(() -> {
            OutgoingInvite handle =
                    endpoint.invite(endpoint.newRequest("INVITE", SipScene.CALLEE), scene.inviteListener());
            handle.cancel(null);
            return handle;
        });
        scene.pass(1000);

        assertThat(scene.heard).containsExactly("failed rejected-487");
        assertThat(scene.pbx.requests).isEmpty();
        assertThat(call.request()).isNull();
        scene.assertQuiet();
    }

    @Test
    void nobody_answers_the_cancel_either() {
        OutgoingInvite call = dial();
        scene.pbx.send(fork(180, "one").build());
        scene.pass(20);
        scene.run(() -> call.cancel(null));
        scene.pass(40_000);

        assertThat(scene.heard).containsExactly("provisional 180 one", "failed timeout-response");
        scene.assertQuiet();
    }

    @Test
    void requests_of_the_dialog_follow_its_loose_route() {
        OutgoingInvite call = dial();
        SipResponse ok = fork(200, "one")
                .add("Record-Route", "<sip:edge.example;lr>")
                .add("Record-Route", "<sip:" + SipScene.PBX + ":5060;lr>")
                .build();
        scene.pbx.send(ok);
        scene.pass(20);
        scene.run(() -> call.acknowledge(Dialog.uac(call.request(), ok)));
        scene.pass(20);

        assertThat(scene.pbx.last("ACK").headers("Route"))
                .containsExactly("<sip:192.0.2.10:5060;lr>", "<sip:edge.example;lr>");
        assertThat(scene.pbx.last("ACK").requestUri().encode()).isEqualTo("sip:one@192.0.2.10:5060");
    }

    @Test
    void a_request_from_the_other_side_reaches_the_dialogs_handler_in_order() {
        OutgoingInvite call = dial();
        SipResponse ok = fork(200, "one").build();
        scene.pbx.send(ok);
        scene.pass(20);
        List<String> got = new ArrayList<>();
        Dialog dialog = Dialog.uac(call.request(), ok);
        scene.run(() -> {
            call.acknowledge(dialog);
            scene.stack.register(endpoint, dialog, new DialogHandler() {
                @Override
                public void request(ServerTransactionHandle request) {
                    got.add(request.request().method());
                    request.respond(200);
                }

                @Override
                public void ack(SipRequest ack) {
                    got.add("ACK");
                }

                @Override
                public void ackTimedOut() {
                    got.add("no ack");
                }
            });
        });
        SipUri contact = scene.pbx.last("INVITE").contacts().get(0).uri();

        scene.pbx.send(inDialog("INFO", contact, dialog, 5)
                .contact(NameAddr.of(SipUri.of("sip:elsewhere@192.0.2.10:5060")))
                .build());
        scene.pass(20);
        assertThat(dialog.remoteTarget().user()).as("INFO refreshes nothing").isEqualTo("one");
        scene.pbx.send(inDialog("INVITE", contact, dialog, 6)
                .contact(NameAddr.of(SipUri.of("sip:moved@192.0.2.10:5060")))
                .build());
        scene.pass(20);
        scene.pbx.send(inDialog("ACK", contact, dialog, 6).build());
        scene.pbx.send(inDialog("INFO", contact, dialog, 4).build());
        scene.pbx.send(inDialog("BYE", contact, dialog, 7).build());
        scene.pass(20);

        assertThat(got).containsExactly("INFO", "INVITE", "ACK", "BYE");
        assertThat(dialog.remoteTarget().user()).isEqualTo("moved");
        assertThat(scene.pbx.statuses())
                .as("the overtaken INFO is refused (RFC 3261 §12.2.2)")
                .containsExactly(200, 200, 500, 200);
        scene.run(() -> scene.stack.unregister(dialog));
        scene.pbx.send(inDialog("INFO", contact, dialog, 9).build());
        scene.pass(20);
        assertThat(scene.pbx.statuses()).endsWith(481);
        scene.assertQuiet();
    }

    private static SipRequest.Builder inDialog(String method, SipUri contact, Dialog dialog, long cseq) {
        return SipRequest.builder(method, contact)
                .set("Via", "SIP/2.0/UDP " + SipScene.PBX + ":5060;branch=z9hG4bK" + method + cseq + ";rport")
                .from(dialog.remote())
                .to(dialog.local())
                .callId(dialog.id().callId())
                .cseq(cseq, method);
    }
}
