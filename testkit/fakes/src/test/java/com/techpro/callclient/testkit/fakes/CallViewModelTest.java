// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The example of docs/testing.md: an app's view-model without a phone system. */
class CallViewModelTest {
    private final FakeCallClient client = new FakeCallClient();
    private final CallViewModel viewModel = new CallViewModel(client);

    @Test
    void a_call_is_answered_and_ends() {
        FakeAccount account = client.loggedIn("Anna");
        FakeCall call = account.incomingCall("+4930123456", "Bob");
        viewModel.answerPressed();
        client.advance(Duration.ofSeconds(1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        call.remoteHangsUp();
        assertThat(viewModel.title()).isEqualTo("Bob hung up");
    }

    @Test
    void a_cancelled_incoming_call_is_a_missed_call() {
        FakeCall call = client.loggedIn("Anna").incomingCall("+4930123456", "Bob");
        assertThat(viewModel.title()).isEqualTo("Bob calls");

        call.remoteHangsUp();

        assertThat(viewModel.title()).isEqualTo("Bob called");
        assertThat(client.requests()).doesNotContain("BYE +4930123456");
    }

    @Test
    void a_command_takes_time_as_at_a_real_phone_system() {
        FakeCall call = client.loggedIn("Anna").incomingCall("1002");

        viewModel.answerPressed();

        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);
        client.advance(Duration.ofSeconds(1));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** An app's own class. */
    private static final class CallViewModel implements CallClientListener {
        private Call ringing;
        private String title = "";

        CallViewModel(CallClient client) {
            client.addListener(this);
        }

        void answerPressed() {
            ringing.answer();
        }

        String title() {
            return title;
        }

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            ringing = call;
            title = snapshot.caller().display() + " calls";
        }

        @Override
        public void callChanged(Call call, CallEvent event) {
            if (event instanceof CallEvent.Ended ended) {
                boolean spoke = ended.ending() instanceof CallEnding.RemoteHangUp;
                title = event.after().caller().display() + (spoke ? " hung up" : " called");
            }
        }
    }
}
