// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.context.CustomHeaders;
import com.techpro.callclient.engine.internal.call.machine.AnswerId;
import com.techpro.callclient.engine.internal.call.machine.CallEffect;
import com.techpro.callclient.engine.internal.call.machine.CallSteps;
import com.techpro.callclient.engine.internal.call.machine.RequestId;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.net.Nat64;
import com.techpro.callclient.stack.sip.EndpointHandler;
import com.techpro.callclient.stack.sip.RegistrationFlow;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipSettings;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An effect is never a silent no-op: whoever wants done what cannot be done has made a mistake, and hears of it. */
class CallSignallingTest {
    static Stream<CallEffect> effectsWithoutTarget() {
        return Stream.of(
                new CallEffect.Invite(CallSteps.OUR_OFFER),
                new CallEffect.Refresh(),
                new CallEffect.Cancel(),
                new CallEffect.Acknowledge(new AnswerId(1, "one")),
                new CallEffect.Discard(new AnswerId(1, "one")),
                new CallEffect.Respond(new RequestId("INVITE", 0, "one"), 486),
                new CallEffect.Respond(new RequestId("UPDATE", 7, "one"), 200),
                new CallEffect.Bye(),
                new CallEffect.StartGlareBackoff(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("effectsWithoutTarget")
    void an_effect_without_its_target_throws(CallEffect effect) {
        VirtualTime time = VirtualTime.seeded(1);
        SimulatedNetwork network = new SimulatedNetwork(time, 1);
        EngineLoop loop = new EngineLoop(time.openLoop("engine"));
        List<Throwable> thrown = new ArrayList<>();
        loop.execute(() -> {
            SipStack stack = new SipStack(
                    loop, network.host("192.0.2.1"), time.workers(), time.random("sip"), SipSettings.DEFAULT);
            SipEndpoint endpoint = stack.newEndpoint(
                    SipAccount.builder("alice", "pbx.example", Secret.of("x")).build(), new Nobody());
            CallSignalling signalling = CallSignalling.outgoing(
                    context(loop, stack, time.workers()), endpoint, null, CallOptions.DEFAULT, input -> {});
            try {
                signalling.perform(effect);
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });
        time.settle();

        assertThat(thrown).hasSize(1);
    }

    /** As much of it as signalling needs. */
    private static CallContext context(EngineLoop loop, SipStack stack, Executor workers) {
        return new CallContext(
                loop,
                stack,
                null,
                Seeds.random(1),
                null,
                Set.of(),
                workers,
                null,
                null,
                null,
                null,
                null,
                null,
                new CustomHeaders(Set.of()),
                null,
                workers,
                () -> false,
                null,
                null,
                Nat64.NONE);
    }

    private static final class Nobody implements EndpointHandler {
        @Override
        public void invite(ServerTransactionHandle invite) {}

        @Override
        public void flowLost(RegistrationFlow lost, Failure why) {}
    }
}
