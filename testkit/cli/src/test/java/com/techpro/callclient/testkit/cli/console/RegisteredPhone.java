// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A phone of the engine at a PBX, which can answer all calls. */
final class RegisteredPhone implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CallClient client;
    private final Account account;

    RegisteredPhone(EmbeddedPbx pbx, String extension, boolean answers) {
        this(pbx, extension, answers, null);
    }

    /** @param audio null for a phone without microphone and speaker */
    RegisteredPhone(EmbeddedPbx pbx, String extension, boolean answers, @Nullable AudioPort audio) {
        CallClientConfig.Builder config = CallClientConfig.builder();
        if (audio != null) {
            config.platform(p -> p.audio(audio));
        }
        client = CallClient.create(config.callbacks(Runnable::run)
                .listener(new CallClientListener() {
                    @Override
                    public void incomingCall(Call call, CallSnapshot snapshot) {
                        if (answers) {
                            call.answer();
                        }
                    }
                })
                .build());
        account = client.addAccount(pbx.account(extension).build());
        Await.until(
                extension + " is registered",
                () -> account.registration().state() == RegistrationState.REGISTERED,
                LIMIT);
    }

    Call dial(String number) {
        return account.dial(number);
    }

    @Override
    public void close() {
        client.close();
    }
}
