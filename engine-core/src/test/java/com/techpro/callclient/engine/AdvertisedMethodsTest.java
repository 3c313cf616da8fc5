// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Allow and Supported promise is kept in every state of a call, either way: never 405, 420 or 501. */
class AdvertisedMethodsTest {
    private static final String HOST = ScriptedPhoneSystem.HOST;
    private static final String CONTACT = "Contact: <sip:bob@192.0.2.10:5060>";

    private ScriptedPhoneSystem scene;
    /** Their last message in the dialog, with what they said of themselves. */
    private ScriptedMessage ours;

    private String tag = "bob";
    private int cseq = 1;

    /**
     * A state, and what it answers to each method in it.
     *
     * @param dialog whether there is one: after the end there is not
     */
    private record State(String name, Consumer<AdvertisedMethodsTest> reach, boolean dialog, String answers) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A PRACK finds nothing that it could acknowledge, a NOTIFY no subscription: 481 is their answer in a live dialog too. */
    static Stream<State> states() {
        return Stream.of(
                new State(
                        "our call rings there",
                        AdvertisedMethodsTest::rings,
                        true,
                        "INFO 200, INVITE 491, NOTIFY 481, OPTIONS 200, PRACK 481, REFER 603, UPDATE 200, BYE 200"),
                new State(
                        "our call is established",
                        AdvertisedMethodsTest::answered,
                        true,
                        "INFO 200, INVITE 200, NOTIFY 481, OPTIONS 200, PRACK 481, REFER 202, UPDATE 200, BYE 200"),
                new State(
                        "our call was given up",
                        AdvertisedMethodsTest::cancelled,
                        true,
                        "INFO 200, INVITE 491, NOTIFY 481, OPTIONS 200, PRACK 481, REFER 603, UPDATE 200, BYE 200"),
                new State(
                        "a call rings here",
                        AdvertisedMethodsTest::ringsHere,
                        true,
                        "INFO 200, INVITE 500, NOTIFY 481, OPTIONS 200, PRACK 481, REFER 603, UPDATE 200, BYE 200"),
                new State(
                        "it is answered and not acknowledged",
                        AdvertisedMethodsTest::answeredHere,
                        true,
                        "INFO 200, INVITE 491, NOTIFY 481, OPTIONS 200, PRACK 481, REFER 202, UPDATE 200, BYE 200"),
                new State(
                        "it is established",
                        AdvertisedMethodsTest::establishedHere,
                        true,
                        "INFO 200, INVITE 200, NOTIFY 481, OPTIONS 200, PRACK 481, REFER 202, UPDATE 200, BYE 200"),
                new State(
                        "it is over",
                        AdvertisedMethodsTest::overHere,
                        false,
                        "INFO 481, INVITE 481, NOTIFY 481, OPTIONS 481, PRACK 481, REFER 481, UPDATE 481, BYE 481"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @MethodSource("states")
    void every_method_that_Allow_names_is_answered_as_its_RFC_says(State state) {
        state.reach().accept(this);

        List<String> answers = new ArrayList<>();
        for (String method : "INFO INVITE NOTIFY OPTIONS PRACK REFER UPDATE BYE".split(" ")) {
            answers.add(method + " " + asked(method).status());
        }

        assertThat(String.join(", ", answers)).isEqualTo(state.answers());
        List<String> allowed = new ArrayList<>(List.of(ours.header("Allow").split(", ")));
        allowed.removeAll(List.of("ACK", "CANCEL"));
        assertThat("INFO INVITE NOTIFY OPTIONS PRACK REFER UPDATE BYE".split(" "))
                .as("nothing else is advertised")
                .containsExactlyInAnyOrderElementsOf(allowed);
    }

    @ParameterizedTest
    @MethodSource("states")
    void every_extension_that_Supported_names_may_be_required(State state) {
        state.reach().accept(this);

        for (String option : ours.header("Supported").split(", ")) {
            assertThat(asked("OPTIONS", "Require: " + option).status())
                    .as(option)
                    .isEqualTo(state.dialog() ? 200 : 481);
        }
        assertThat(asked("OPTIONS", "Require: never-heard-of").status()).isEqualTo(state.dialog() ? 420 : 481);
    }

    private ScriptedMessage asked(String method, String... more) {
        cseq++;
        List<String> all = new ArrayList<>(Arrays.asList(more));
        switch (method) {
            case "INVITE" -> all.addAll(Arrays.asList(lines(CONTACT, sdp(HOST, 40_000, cseq))));
            case "UPDATE" -> all.add(CONTACT);
            case "PRACK" -> all.add("RAck: 1 1 INVITE");
            case "REFER" -> all.add("Refer-To: <sip:carol@" + HOST + ">");
            case "NOTIFY" -> all.addAll(List.of("Event: dialog", "Subscription-State: active"));
            default -> {}
        }
        int number = cseq;
        scene.pbx.request(method, ours, number, tag, all.toArray(new String[0]));
        settle();
        ScriptedMessage answer = scene.pbx.received("SIP/2.0 ").stream()
                .filter(response -> response.header("CSeq").equals(number + " " + method))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no answer to " + method + ": " + scene.pbx.flow()));
        if (method.equals("INVITE")) {
            scene.pbx.request("ACK", ours, number, tag);
            settle();
        }
        return answer;
    }

    private void settle() {
        scene.pass(Duration.ofMillis(50));
    }

    private Call dial() {
        scene = ScriptedPhoneSystem.udp(405).registered();
        tag = "one";
        Call call = scene.alice.dial("bob");
        scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
        ours = scene.pbx.last("INVITE");
        scene.pbx.respondWithTag(ours, "180 Ringing", tag, CONTACT);
        settle();
        return call;
    }

    private void rings() {
        assertThat(dial().snapshot().state()).isEqualTo(CallState.RINGING_OUT);
    }

    private void answered() {
        Call call = dial();
        scene.pbx.respondWithTag(ours, "200 OK", tag, lines(CONTACT, sdp(HOST, 40_000, 1)));
        settle();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    private void cancelled() {
        Call call = dial();
        scene.pbx.on("CANCEL", cancel -> scene.pbx.respond(cancel, "200 OK"));
        call.hangUp();
        settle();
    }

    private Call ringsHere() {
        scene = ScriptedPhoneSystem.udp(406).registered();
        scene.invite("in-1", "z9hG4bKin1", 1, sdp(HOST, 40_000, 1));
        scene.until(() -> !scene.pbx.received("SIP/2.0 180").isEmpty());
        ours = scene.pbx.last("SIP/2.0 180");
        return scene.incoming.get(0);
    }

    private Call answeredHere() {
        Call call = ringsHere();
        call.answer();
        scene.until(() -> scene.pbx.received("SIP/2.0 200").stream()
                .anyMatch(response -> response.method().equals("INVITE")));
        return call;
    }

    private Call establishedHere() {
        Call call = answeredHere();
        scene.pbx.request("ACK", ours, 1, tag);
        settle();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        return call;
    }

    private void overHere() {
        Call call = establishedHere();
        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        call.hangUp();
        settle();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
    }
}
