// SPDX-License-Identifier: Apache-2.0
package org.example.phone;

import com.techpro.callclient.adapters.javasound.JavaSoundAudio;
import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import java.io.IOException;
import java.time.Duration;

/** The README's example of a login. Without arguments it only starts and closes an engine. */
public final class FirstCall {
    private FirstCall() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 1) {
            embed(arguments[0]);
            return;
        }
        try (CallClient client = CallClient.create(CallClientConfig.builder().build())) {
            System.out.println("The engine runs: " + client.accounts().size() + " accounts.");
        }
    }

    static void embed(String password) throws IOException {
        CallClient client = CallClient.create(CallClientConfig.builder()
                .platform(p -> p.audio(new JavaSoundAudio()))
                .listener(new CallClientListener() {
                    @Override
                    public void incomingCall(Call call, CallSnapshot snapshot) {
                        call.answer();
                    }
                })
                .build());
        client.login(PhoneSystems.lpconfig("/provisioning"), Login.of("anna@example.org", Secret.of(password)))
                .thenAccept(result -> {
                    if (result instanceof LoginResult.LoggedIn in) {
                        in.account().dial("1002");
                    }
                });
        System.in.read();
        client.shutdown(Duration.ofSeconds(2)).toCompletableFuture().join();
    }
}
