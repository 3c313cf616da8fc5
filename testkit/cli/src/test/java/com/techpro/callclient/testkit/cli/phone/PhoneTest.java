// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.testkit.cli.phone.FakeExchange.FakeCall;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PhoneTest {
    private final VirtualTime time = VirtualTime.seeded(9);
    private final FakeExchange exchange = new FakeExchange();
    private final FakeAudio devices = new FakeAudio(time.openLoop("audio"));
    private final StringWriter shown = new StringWriter();
    private final Phone phone = new Phone(
            time.openLoop("phone"), new ChosenAudio(devices, devices), new Screen(new PrintWriter(shown), false));

    @BeforeEach
    void connect() {
        phone.connect(exchange);
    }

    @Test
    void anOutgoingCallIsToldStepByStepAndItsOrdersReachTheEngine() {
        type("dial 600");
        FakeCall call = exchange.calls.get(0);
        happens(
                call,
                new CallEvent.StateChanged(call.becomes(CallState.RINGING_OUT).snapshot()));
        happens(
                call,
                new CallEvent.StateChanged(call.becomes(CallState.ESTABLISHED).snapshot()));
        type("hold");
        call.hold = HoldState.LOCAL;
        happens(call, new CallEvent.HoldChanged(call.snapshot()));
        type("resume");
        call.hold = HoldState.NONE;
        type("dtmf 12#");
        type("mute");
        type("unmute");
        type("hangup");
        call.becomes(CallState.ENDED);
        happens(call, new CallEvent.Ended(call.snapshot(), new CallEnding.LocalHangUp()));

        assertThat(exchange.asked)
                .containsExactly(
                        "dial 600",
                        "hold call-0",
                        "resume call-0",
                        "dtmf call-0 12#",
                        "muted call-0 true",
                        "muted call-0 false",
                        "hangUp call-0");
        assertThat(shown())
                .contains(
                        "[1] Dialling. Type hangup to cancel.",
                        "[1] Ringing.",
                        "[1] Talking.",
                        "[1] On hold here.",
                        "[1] Ended: You ended the call.");
    }

    @Test
    void ofTwoCallsEachOrderMeansTheNewestThatItFitsOrTheOneThatIsNamed() {
        FakeCall first = exchange.incoming("Anna", "1002");
        phone.incomingCall(first, first.snapshot());
        first.becomes(CallState.ESTABLISHED);
        FakeCall second = exchange.incoming(null, "1003");
        phone.incomingCall(second, second.snapshot());

        type("answer");
        second.becomes(CallState.ESTABLISHED);
        type("hold 1");
        first.hold = HoldState.LOCAL;
        type("hold");
        type("resume");
        type("hangup 1");
        type("hangup 7");
        type("answer 1");
        type("calls");

        assertThat(exchange.asked)
                .containsExactly("answer call-1", "hold call-0", "hold call-1", "resume call-0", "hangUp call-0");
        assertThat(shown())
                .contains(
                        "[1] Anna <1002> is calling. Type answer or reject.",
                        "[2] 1003 is calling. Type answer or reject.",
                        "There is no call 7. Type calls to list them.",
                        "Call 1 is not one that is ringing here.",
                        "[1] Anna <1002>: on hold here",
                        "[2] 1003: talking");
    }

    @Test
    void aRingIsSilencedAndTheCallGoesOnWaiting() {
        FakeCall first = exchange.incoming("Anna", "1002");
        phone.incomingCall(first, first.snapshot());
        FakeCall second = exchange.incoming(null, "1003");
        phone.incomingCall(second, second.snapshot());

        type("silence");
        type("silence 1");
        type("answer 1");
        first.becomes(CallState.ESTABLISHED);
        type("silence 1");

        assertThat(exchange.asked).containsExactly("silence call-1", "silence call-0", "answer call-0");
        assertThat(shown())
                .contains(
                        "Silenced: the caller is still waiting. Type answer or reject.",
                        "Call 1 is not one that is ringing here.");
    }

    @Test
    void ordersWithoutTheirCallAreAnsweredInWordsAndAskNothing() {
        for (String order : List.of(
                "answer", "reject", "silence", "hangup", "hold", "resume", "dtmf 1", "mute", "quality", "calls",
                "dance")) {
            type(order);
        }

        assertThat(exchange.asked).isEmpty();
        assertThat(shown())
                .contains(
                        "There is no call that is ringing here.",
                        "There is no call that is on hold here.",
                        "There are no calls.",
                        "There is no command \"dance\". Type help to list them.")
                .hasSize(11);
    }

    @Test
    void aTextIsSentAndOneThatComesIsShownOnOneLine() {
        type("text 1002 on my way");
        PartyIdentity bob = new PartyIdentity("Bob", "1002", "pbx.test");
        phone.messageReceived(
                new TextMessage("1", bob, Caller.of(bob), "see\nyou\u001b[2J", Instant.EPOCH, false, false));

        assertThat(exchange.asked).containsExactly("text 1002: on my way");
        assertThat(shown())
                .containsExactly(
                        "The phone system keeps the text until a phone registers.", "Bob <1002> writes: see you [2J");
    }

    @Test
    void aTargetThatIsNoAddressIsExplained() {
        type("dial <script>");

        assertThat(shown()).singleElement().asString().startsWith("That cannot be dialled: it holds a character");
    }

    @Test
    void loggingInIsToldOnceAndFailuresWithWhatToDo() {
        registration(RegistrationState.REGISTERING, null, null);
        registration(RegistrationState.REGISTERED, null, null);
        registration(RegistrationState.REGISTERING, null, null);
        registration(RegistrationState.REGISTERED, null, null);
        registration(RegistrationState.WAITING, new Failure.Unreachable(), Duration.ofSeconds(30));
        registration(
                RegistrationState.FAILED,
                new Failure.AuthenticationFailed(Failure.AuthenticationProblem.WRONG_CREDENTIALS),
                null);

        assertThat(shown())
                .containsExactly(
                        "Logging in ...",
                        "Logged in. Type help for what you can do.",
                        "Not logged in. The phone system does not answer; check the network, or try again later."
                                + " (unreachable) Trying again in 30 s.",
                        "Could not log in. Check the user name and the password. (wrong-credentials)"
                                + " Quit and start again.");
    }

    @Test
    void qualityIsShownInOneLineAndOnDemandInFull() {
        type("dial 600");
        FakeCall call = exchange.calls.get(0).becomes(CallState.ESTABLISHED).sounds();
        happens(call, new CallEvent.QualityChanged(call.snapshot()));
        type("quality");

        String line =
                "talking | PCMU AEAD_AES_256_GCM | loss 1.3 % | jitter 3 ms | round trip 41 ms | buffer 40 ms | MOS"
                        + " 4.3";
        assertThat(shown())
                .contains(
                        "[1] " + line,
                        line,
                        "packets sent 100, received 99, late 1, lost 2; frames concealed 3, playouts missed 4",
                        "microphone -23 dBFS, peak -10, speaker silent",
                        "The microphone gives no signal. Switch it on, or choose another one with: use",
                        "The other side may hear itself. Use a headset, or turn the speaker down.",
                        "voice effects: by the device auto gain control; by this program echo cancellation");
    }

    @Test
    void aChosenDeviceIsUsedAtOnceByAllCallsButThoseThatRingHere() {
        devices.devices(List.of(new AudioDevice("usb-mic", "Headset", AudioDevice.Direction.CAPTURE, false)));
        type("dial 600");
        FakeCall incoming = exchange.incoming("Anna", "1002");
        phone.incomingCall(incoming, incoming.snapshot());
        type("use 1");

        assertThat(exchange.asked).containsExactly("dial 600", "use call-0 usb-mic null");
    }

    @Test
    void devicesAreListedAndTheChosenOneIsUsedFromThenOn() throws Exception {
        devices.devices(List.of(
                new AudioDevice("mic", "Built-in", AudioDevice.Direction.CAPTURE, true),
                new AudioDevice("usb-mic", "Headset", AudioDevice.Direction.CAPTURE, false),
                new AudioDevice("spk", "Built-in", AudioDevice.Direction.PLAYBACK, true)));
        ChosenAudio audio = new ChosenAudio(devices, devices);

        assertThat(audio.choose("2")).isEqualTo("microphone Headset is used from now on.");
        assertThat(audio.choose("4")).isEqualTo("There is no such device. Type devices to list them.");

        assertThat(audio.list().lines())
                .containsExactly(
                        "  1  microphone  mic                         Built-in",
                        "* 2  microphone  usb-mic                     Headset",
                        "* 3  speaker     spk                         Built-in");
        // The default is gone: only a port that requests the chosen device can open.
        devices.devices(List.of(new AudioDevice("usb-mic", "Headset", AudioDevice.Direction.CAPTURE, false)));
        audio.openCapture(null, AudioFormat.NARROWBAND, frame -> {}, new AudioStreamListener() {
                    @Override
                    public void interrupted(String reason) {}

                    @Override
                    public void restored() {}
                })
                .close();
        assertThat(devices.opened()).isEqualTo(1);
    }

    @Test
    void namesFromTheNetworkCannotSteerTheTerminal() {
        FakeCall call = exchange.incoming("\u001B[2J\u009Bmevil\u202E", "1002");
        phone.incomingCall(call, call.snapshot());

        assertThat(shown.toString())
                .doesNotContain("\u001B", "\u009B", "\u202E")
                .contains("evil");
    }

    @Test
    void aScriptMayWaitAndQuitLogsOut() {
        AtomicReference<Boolean> more = new AtomicReference<>();
        phone.order("wait 3", more::set);
        time.advance(Duration.ofMillis(2999));
        assertThat(more.get()).isNull();
        time.advance(Duration.ofMillis(1));
        assertThat(more.get()).isTrue();

        phone.order("quit", more::set);
        assertThat(more.get()).isFalse();
        assertThat(exchange.asked).containsExactly("shutdown");
    }

    private void type(String line) {
        AtomicReference<Boolean> more = new AtomicReference<>();
        phone.order(line, more::set);
        assertThat(more.get()).as(line).isTrue();
    }

    private void happens(FakeCall call, CallEvent event) {
        phone.callChanged(call.id(), event);
    }

    private void registration(RegistrationState state, @Nullable Failure failure, @Nullable Duration retry) {
        phone.registrationChanged(
                new RegistrationSnapshot(state, failure, null, retry, false, 0, PushSupport.NOT_ASKED, null));
    }

    private List<String> shown() {
        return shown.toString().lines().toList();
    }
}
