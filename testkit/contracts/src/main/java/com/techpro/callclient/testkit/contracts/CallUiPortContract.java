// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiHandler;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link CallUiPort}. An adapter's author controls the user and the system as far
 * as possible.
 */
@PortContract
public abstract class CallUiPortContract {
    private static final UiCall CALL = new UiCall("c1", "Ada Canary", "5550199");

    private final Heard heard = new Heard();

    /** Returns the port under test, with an empty screen; called once per test. */
    protected abstract CallUiPort port();

    /** Waits until the condition holds, or fails after about ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /**
     * Makes the system refuse the next calls; false if that cannot be tried ("refusal by the
     * platform").
     */
    protected abstract boolean refuse();

    /**
     * Makes the user answer the call on the screen; false if that cannot be tried ("an answering
     * user").
     */
    protected abstract boolean userAnswers(String id);

    /** Returns everything that the screen stores, as text, to be searched for names and numbers. */
    protected abstract String remembered();

    @Test
    void CUI_2_a_shown_call_is_answered_once_with_true() {
        assertThat(show(opened(port()))).containsExactly(true);
    }

    @Test
    @OptionalClause("refusal by the platform")
    void CUI_2_a_refused_call_is_answered_with_false_and_never_heard_of_again() {
        CallUiPort port = opened(port());
        require(refuse(), "refusal by the platform");

        assertThat(show(port)).containsExactly(false);
        userAnswers(CALL.id());
        assertThat(show(port)).containsExactly(false);
        assertThat(heard.events).isEmpty();
    }

    @Test
    @OptionalClause("an answering user")
    void CUI_3_audio_is_given_after_the_answer_and_taken_after_the_end() {
        CallUiPort port = opened(port());
        show(port);
        assertThat(heard.events).doesNotContain("active");
        require(userAnswers(CALL.id()), "an answering user");
        await(() -> heard.events.contains("active"));
        assertThat(heard.events).containsSubsequence("answered c1", "active");

        port.ended(CALL.id(), EndReason.REMOTE);
        await(() -> heard.events.contains("inactive"));
    }

    @Test
    void CUI_3_an_outgoing_call_is_given_the_audio_too() {
        CallUiPort port = opened(port());
        port.outgoing(CALL);
        await(() -> heard.events.contains("active"));
        port.ended(CALL.id(), EndReason.LOCAL);
        await(() -> heard.events.contains("inactive"));
    }

    @Test
    void CUI_3_the_end_tone_has_the_audio_for_its_time_at_most() {
        CallUiPort port = opened(port());
        port.outgoing(CALL);
        await(() -> heard.events.contains("active"));
        port.ended(CALL.id(), EndReason.REMOTE, Duration.ofMillis(500));
        await(() -> heard.events.contains("inactive"));
        port.ended(CALL.id(), EndReason.REMOTE, Duration.ofMillis(500));
        port.ended(CALL.id(), EndReason.REMOTE);

        assertThat(heard.events).containsExactly("active", "inactive");
        assertThat(remembered()).doesNotContain("Ada").doesNotContain("5550199");
    }

    @Test
    void CUI_4_actions_of_the_app_are_not_echoed() {
        CallUiPort port = opened(port());
        show(port);
        port.answered(CALL.id());
        port.answered(CALL.id());
        port.held(CALL.id(), true);
        port.held(CALL.id(), false);
        port.muted(CALL.id(), true);
        port.connected(CALL.id());
        await(() -> heard.events.contains("active"));

        assertThat(heard.events).containsExactly("active");
    }

    @Test
    void CUI_5_the_screen_forgets_ended_calls() {
        CallUiPort port = opened(port());
        show(port);
        port.ended(CALL.id(), EndReason.UNANSWERED);
        port.ended(CALL.id(), EndReason.UNANSWERED);

        assertThat(remembered()).doesNotContain("Ada").doesNotContain("5550199");
    }

    @Test
    @OptionalClause("an answering user")
    void CUI_1_after_closing_nothing_is_heard() {
        CallUiPort port = opened(port());
        show(port);
        port.close();
        require(userAnswers(CALL.id()), "an answering user");
        show(port);

        assertThat(heard.events).isEmpty();
    }

    @Test
    void CUI_7_whether_the_system_rings_does_not_change() {
        CallUiPort port = port();
        boolean before = port.rings();
        opened(port);
        show(port);
        assertThat(port.rings()).isEqualTo(before);
    }

    private CallUiPort opened(CallUiPort port) {
        port.open(heard);
        return port;
    }

    private List<Boolean> show(CallUiPort port) {
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        port.incoming(CALL, answers::add);
        await(() -> !answers.isEmpty());
        return answers;
    }

    private static final class Heard implements CallUiHandler {
        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void answered(String id) {
            events.add("answered " + id);
        }

        @Override
        public void ended(String id) {
            events.add("ended " + id);
        }

        @Override
        public void held(String id, boolean onHold) {
            events.add("held " + id);
        }

        @Override
        public void muted(String id, boolean muted) {
            events.add("muted " + id);
        }

        @Override
        public void dialled(String id, String tones) {
            events.add("dialled " + id);
        }

        @Override
        public void audioActivated() {
            events.add("active");
        }

        @Override
        public void audioDeactivated() {
            events.add("inactive");
        }

        @Override
        public void routesChanged(AudioRoute current, Set<AudioRoute> available) {}

        @Override
        public void reset() {
            events.add("reset");
        }
    }
}
