// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.net.NetworkMonitor.Status;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.network.MovableNetwork;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.Stream;

/** A phone gets another address while it telephones, and is heard as before (promise C10). */
final class NetworkChangeCheck {
    private static final String SPEECH = "speech ";
    private static final String STALLED = SPEECH + SpeechVerdict.Outcome.MACHINE_STALLED.code();
    /** The most calls that are made. */
    private static final int CALLS = 3;

    private static final InetAddress SECOND = new InetSocketAddress("127.0.0.2", 0).getAddress();
    private static final Duration TALK = Duration.ofMillis(2_800);
    private static final Duration REGISTERING = Duration.ofSeconds(40);

    private final RunEnvironment environment;
    private final SpeechClip clip;
    private final SpeechLimits limits;

    NetworkChangeCheck(RunEnvironment environment, SpeechClip clip, SpeechLimits limits) {
        this.environment = environment;
        this.clip = clip;
        this.limits = limits;
    }

    /**
     * Makes the call, and another if the machine stalled in it, as that says nothing.
     *
     * @param echo the number of an echo at a phone system on this machine
     */
    Gate make(SipAccount account, String echo) {
        if (!isOurs(SECOND)) {
            return gate("").notJudged("this machine has no second address to move to");
        }
        String problem = problem(account, echo);
        for (int more = 1; more < CALLS && problem.equals(STALLED); more++) {
            problem = problem(account, echo);
        }
        return gate(problem);
    }

    private String problem(SipAccount account, String echo) {
        FakeNetworkMonitor monitor = new FakeNetworkMonitor(environment.loop()::execute);
        MovableNetwork[] network = new MovableNetwork[1];
        try (LoadUser user = new LoadUser(
                environment,
                clip,
                limits,
                machine -> network[0] = new MovableNetwork(machine, InetAddress.getLoopbackAddress()),
                config -> config.platform(platform -> platform.networkMonitor(monitor)))) {
            LoadAccount phone = user.register(account, MediaChoice.PLAIN, REGISTERING);
            LoadCall call = phone.dial(echo);
            call.awaitTalking();
            SpeechVerdict before = talk(call);
            call.continueWithAnother();
            network[0].moveTo(SECOND);
            monitor.become(Status.on("second"));
            call.awaitMoved();
            SpeechVerdict after = talk(call);
            call.hangUp();
            phone.unregister(REGISTERING);
            return Stream.of(before, after)
                    .filter(heard -> !heard.verified())
                    .map(heard -> SPEECH + heard.outcome().code())
                    .findFirst()
                    .orElse("");
        } catch (StepFailedException e) {
            return e.code();
        }
    }

    private static SpeechVerdict talk(LoadCall call) throws StepFailedException {
        call.talk(TALK);
        call.fallSilent();
        return call.heardEcho().speech();
    }

    /** @param problem empty if there was none */
    static Gate gate(String problem) {
        return Gate.of(
                "network-change",
                "a call whose phone changes its network",
                problem.isEmpty() ? "heard as before" : "not heard as before",
                "heard as before",
                problem.isEmpty(),
                problem);
    }

    private static boolean isOurs(InetAddress address) {
        try (DatagramSocket unused = new DatagramSocket(new InetSocketAddress(address, 0))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
