// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A dialog in each of its states, whatever happens in it (RFC 3261 §12): whether it is early, where it leads, by which way, how far both sides have
 * counted, and what the input gives. A pair that is not written down must change nothing and give nothing.
 */
class EveryDialogInputTest {
    private static final String TABLE = """
            calling, early + our 2xx > confirmed callee 8/1 :
            calling, early + their 2xx > confirmed moved by p2 8/1 :
            calling, early + their 2xx without a Contact > confirmed callee 8/1 :
            calling, early + our request > early callee 9/1 : CSeq 8 to callee
            calling, early + our request, again with credentials > early callee 9/1 : CSeq 8
            calling, early + our ACK > early callee 8/1 : CSeq 7 to callee
            calling, early + sent 9 before > early callee 10/1 :
            calling, early + their 6 > early callee 8/6 : taken
            calling, early + their 7 > early callee 8/7 : taken
            calling, early + their 8 > early callee 8/8 : taken
            calling, early + their 19 > early callee 8/19 : taken
            calling, early + their 20 > early callee 8/20 : taken
            calling, early + their 21 > early callee 8/21 : taken
            calling, early + their target > early elsewhere 8/1 :
            calling, early + their target, a focus > early room 8/1 focus :

            calling, confirmed + their 2xx > confirmed moved 8/1 :
            calling, confirmed + our request > confirmed callee 9/1 : CSeq 8 to callee
            calling, confirmed + our request, again with credentials > confirmed callee 9/1 : CSeq 8
            calling, confirmed + our ACK > confirmed callee 8/1 : CSeq 7 to callee
            calling, confirmed + sent 9 before > confirmed callee 10/1 :
            calling, confirmed + their 6 > confirmed callee 8/6 : taken
            calling, confirmed + their 7 > confirmed callee 8/7 : taken
            calling, confirmed + their 8 > confirmed callee 8/8 : taken
            calling, confirmed + their 19 > confirmed callee 8/19 : taken
            calling, confirmed + their 20 > confirmed callee 8/20 : taken
            calling, confirmed + their 21 > confirmed callee 8/21 : taken
            calling, confirmed + their target > confirmed elsewhere 8/1 :
            calling, confirmed + their target, a focus > confirmed room 8/1 focus :

            calling, heard of + their 2xx > confirmed moved 8/20 :
            calling, heard of + our request > confirmed callee 9/20 : CSeq 8 to callee
            calling, heard of + our request, again with credentials > confirmed callee 9/20 : CSeq 8
            calling, heard of + our ACK > confirmed callee 8/20 : CSeq 7 to callee
            calling, heard of + sent 9 before > confirmed callee 10/20 :
            calling, heard of + their 6 > confirmed callee 8/20 : 500
            calling, heard of + their 7 > confirmed callee 8/20 : 500
            calling, heard of + their 8 > confirmed callee 8/20 : 500
            calling, heard of + their 19 > confirmed callee 8/20 : 500
            calling, heard of + their 20 > confirmed callee 8/20 : taken
            calling, heard of + their 21 > confirmed callee 8/21 : taken
            calling, heard of + their target > confirmed elsewhere 8/20 :
            calling, heard of + their target, a focus > confirmed room 8/20 focus :

            called, early + our 2xx > confirmed caller by p1 1/7 :
            called, early + their 2xx > confirmed moved by p2 1/7 :
            called, early + their 2xx without a Contact > confirmed caller 1/7 :
            called, early + our request > early caller by p1 2/7 : CSeq 1 to caller
            called, early + our request, again with credentials > early caller by p1 2/7 : CSeq 1
            called, early + our ACK > early caller by p1 1/7 : CSeq 7 to caller
            called, early + sent 9 before > early caller by p1 10/7 :
            called, early + their 6 > early caller by p1 1/7 : 500
            called, early + their 7 > early caller by p1 1/7 : taken
            called, early + their 8 > early caller by p1 1/8 : taken
            called, early + their 19 > early caller by p1 1/19 : taken
            called, early + their 20 > early caller by p1 1/20 : taken
            called, early + their 21 > early caller by p1 1/21 : taken
            called, early + their target > early elsewhere by p1 1/7 :
            called, early + their target, a focus > early room by p1 1/7 focus :

            called, confirmed + their 2xx > confirmed moved by p1 1/7 :
            called, confirmed + our request > confirmed caller by p1 2/7 : CSeq 1 to caller
            called, confirmed + our request, again with credentials > confirmed caller by p1 2/7 : CSeq 1
            called, confirmed + our ACK > confirmed caller by p1 1/7 : CSeq 7 to caller
            called, confirmed + sent 9 before > confirmed caller by p1 10/7 :
            called, confirmed + their 6 > confirmed caller by p1 1/7 : 500
            called, confirmed + their 7 > confirmed caller by p1 1/7 : taken
            called, confirmed + their 8 > confirmed caller by p1 1/8 : taken
            called, confirmed + their 19 > confirmed caller by p1 1/19 : taken
            called, confirmed + their 20 > confirmed caller by p1 1/20 : taken
            called, confirmed + their 21 > confirmed caller by p1 1/21 : taken
            called, confirmed + their target > confirmed elsewhere by p1 1/7 :
            called, confirmed + their target, a focus > confirmed room by p1 1/7 focus :

            called, spoken + their 2xx > confirmed moved by p1 2/7 :
            called, spoken + our request > confirmed caller by p1 3/7 : CSeq 2 to caller
            called, spoken + our request, again with credentials > confirmed caller by p1 3/7 : CSeq 2
            called, spoken + our ACK > confirmed caller by p1 2/7 : CSeq 7 to caller
            called, spoken + sent 9 before > confirmed caller by p1 10/7 :
            called, spoken + their 6 > confirmed caller by p1 2/7 : 500
            called, spoken + their 7 > confirmed caller by p1 2/7 : taken
            called, spoken + their 8 > confirmed caller by p1 2/8 : taken
            called, spoken + their 19 > confirmed caller by p1 2/19 : taken
            called, spoken + their 20 > confirmed caller by p1 2/20 : taken
            called, spoken + their 21 > confirmed caller by p1 2/21 : taken
            called, spoken + their target > confirmed elsewhere by p1 2/7 :
            called, spoken + their target, a focus > confirmed room by p1 2/7 focus :
            """;

    private static SipRequest.Builder request(String method, long cseq) {
        return SipRequest.builder(method, SipUri.of("sip", "bob", "domain.example", 0))
                .set("Via", "SIP/2.0/UDP u1.example;branch=z9hG4bK1")
                .from(address("alice").withTag("a"))
                .to(address("bob"))
                .callId("c")
                .cseq(cseq, method);
    }

    private static NameAddr address(String user) {
        return NameAddr.of(SipUri.of("sip", user, "u.example", 0));
    }

    private static SipRequest invite() {
        return request("INVITE", 7)
                .contact(address("caller"))
                .add("Record-Route", "<sip:p1.example;lr>")
                .build();
    }

    private static SipResponse.Builder answer(int status) {
        return SipResponse.respondTo(invite(), status)
                .toTag("b")
                .contact(address("callee"))
                .remove("Record-Route");
    }

    private static SipResponse success(String route) {
        return answer(200).contact(address("moved")).add("Record-Route", route).build();
    }

    private static Map<String, Supplier<Dialog>> states() {
        Map<String, Supplier<Dialog>> states = new LinkedHashMap<>();
        states.put("calling, early", () -> Dialog.uac(invite(), answer(180).build()));
        states.put("calling, confirmed", () -> Dialog.uac(invite(), answer(200).build()));
        states.put(
                "calling, heard of",
                () -> heardOf(Dialog.uac(invite(), answer(200).build())));
        states.put("called, early", () -> Dialog.uas(invite(), "b", true));
        states.put("called, confirmed", () -> Dialog.uas(invite(), "b", false));
        states.put("called, spoken", () -> {
            Dialog dialog = Dialog.uas(invite(), "b", false);
            dialog.request("INFO");
            return dialog;
        });
        return states;
    }

    private static Dialog heardOf(Dialog dialog) {
        dialog.accept(request("INFO", 20).build());
        return dialog;
    }

    private static Map<String, Function<Dialog, String>> inputs() {
        Map<String, Function<Dialog, String>> inputs = new LinkedHashMap<>();
        inputs.put("our 2xx", dialog -> {
            dialog.confirm();
            return "";
        });
        inputs.put("their 2xx", dialog -> {
            dialog.confirm(success("<sip:p2.example;lr>"));
            return "";
        });
        inputs.put("their 2xx without a Contact", dialog -> {
            dialog.confirm(answer(200).remove("Contact").build());
            return "";
        });
        inputs.put("our request", dialog -> sent(dialog.request("INFO")));
        inputs.put("our request, again with credentials", dialog -> "CSeq " + dialog.nextCseq());
        inputs.put("our ACK", dialog -> sent(dialog.ack(7)));
        inputs.put("sent 9 before", dialog -> {
            dialog.sent(9);
            return "";
        });
        inputs.put("sent 0 before", dialog -> {
            dialog.sent(0);
            return "";
        });
        for (long cseq : new long[] {6, 7, 8, 19, 20, 21}) {
            inputs.put(
                    "their " + cseq,
                    dialog -> dialog.accept(request("INFO", cseq).build()) ? "taken" : "500");
        }
        inputs.put("their target", dialog -> {
            dialog.refreshTarget(
                    request("INVITE", 30).contact(address("elsewhere")).build());
            return "";
        });
        inputs.put("their target, a focus", dialog -> {
            dialog.refreshTarget(request("INVITE", 30)
                    .contact(address("room").withParam("isfocus", ""))
                    .build());
            return "";
        });
        inputs.put("their target, unsaid", dialog -> {
            dialog.refreshTarget(request("INVITE", 30).build());
            return "";
        });
        return inputs;
    }

    private static String sent(SipRequest.Builder builder) {
        SipRequest request = builder.build();
        return "CSeq " + request.cseq().number() + " to " + request.requestUri().user();
    }

    private static String shown(Dialog dialog) {
        long next = dialog.nextCseq();
        String counted = next + "/" + lowestTaken(dialog);
        return (dialog.isEarly() ? "early " : "confirmed ")
                + dialog.remoteTarget().user()
                + dialog.routeSet().stream()
                        .map(route -> " by " + route.uri().host().substring(0, 2))
                        .collect(Collectors.joining())
                + " " + counted + (dialog.isFocus() ? " focus" : "");
    }

    /** It counts up: the dialog is not used after this. */
    private static long lowestTaken(Dialog dialog) {
        long cseq = 1;
        while (!dialog.accept(request("INFO", cseq).build())) {
            cseq++;
        }
        return cseq;
    }

    @Test
    void each_state_handles_each_input_as_listed_in_the_table() {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        states().forEach((state, made) -> inputs().forEach((input, what) -> {
            Dialog dialog = made.get();
            String given = what.apply(dialog);
            String pair = state + " + " + input;
            expected.put(pair, shown(made.get()) + " :");
            actual.put(pair, (shown(dialog) + " : " + given).trim());
        }));
        TABLE.lines().filter(line -> !line.trim().isEmpty()).forEach(line -> {
            String[] sides = line.split(" > ");
            assertThat(expected).as("a pair").containsKey(sides[0]);
            assertThat(expected.put(sides[0], sides[1])).as(line).isNotEqualTo(sides[1]);
        });

        assertThat(actual).containsOnlyKeys(expected.keySet());
        actual.forEach((pair, outcome) -> assertThat(outcome).as(pair).isEqualTo(expected.get(pair)));
    }

    /** Who the two are, how the dialog is called and whether it is one of sips URIs is settled when it is made (§12.1). */
    @Test
    void no_input_changes_the_identity_of_a_dialog() {
        states().forEach((state, made) -> inputs().forEach((input, what) -> {
            Dialog before = made.get();
            Dialog dialog = made.get();
            var unused = what.apply(dialog);
            assertThat(dialog.id()).as(state + " + " + input).isEqualTo(before.id());
            assertThat(dialog.local().encode()).isEqualTo(before.local().encode());
            assertThat(dialog.remote().encode()).isEqualTo(before.remote().encode());
            assertThat(dialog.isSecure()).isEqualTo(before.isSecure());
            assertThat(dialog.isAnonymous()).isEqualTo(before.isAnonymous());
        }));
    }
}
