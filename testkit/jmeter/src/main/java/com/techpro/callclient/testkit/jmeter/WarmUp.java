// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import com.techpro.callclient.testkit.soak.run.LoadUser;
import com.techpro.callclient.testkit.soak.run.RunEnvironment;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes unmeasured calls to a PBX of this process until the JVM has compiled the media code. The
 * first seconds of a JVM say nothing about a phone system. All of it stays on this machine.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int ROUNDS = 3;
    private static final int CALLS = 3;
    private static final Duration TALK = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static boolean done;

    private WarmUp() {}

    /** Warms up the first time, later does nothing. One at a time. */
    static void once(RunEnvironment environment, SpeechClip clip, MediaChoice media) {
        if (done) {
            return;
        }
        done = true;
        try (EmbeddedPbx pbx = EmbeddedPbx.builder().extensions("1001").start();
                LoadUser user = new LoadUser(environment, clip, SpeechLimits.CLEAN)) {
            LoadAccount account = user.register(pbx.account("1001").build(), media, LIMIT);
            for (int i = 0; i < ROUNDS; i++) {
                round(account);
            }
        } catch (StepFailedException e) {
            LOG.info("warming up ended early: {}", e.code());
        }
    }

    private static void round(LoadAccount account) throws StepFailedException {
        List<LoadCall> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(account.dial("600"));
        }
        for (LoadCall call : calls) {
            call.awaitTalking();
            call.listen();
        }
        calls.get(0).talk(TALK);
        for (LoadCall call : calls) {
            call.hangUp();
            call.heardEcho();
        }
    }
}
