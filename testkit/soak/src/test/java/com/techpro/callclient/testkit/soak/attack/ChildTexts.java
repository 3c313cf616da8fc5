// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.adapters.keystore.Vault;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.message.Conversation;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.interop.HeadlessAudio;
import java.nio.file.Path;
import java.time.Duration;

/** An app that keeps its texts in a vault on disk. It receives them until it is killed, or says which ones it finds there. */
final class ChildTexts {
    /** What a line with a stored text begins with. */
    static final String STORED = "stored ";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ChildTexts() {}

    /** @param arguments where the vault is; to receive texts also the phone system's host, port and authority's file */
    public static void main(String[] arguments) throws Exception {
        try (Vault vault = Vault.withPassphrase(Path.of(arguments[0]).resolve("vault"), Secret.of("correct horse"))) {
            CallClient client = CallClient.create(CallClientConfig.builder()
                    .callbacks(Runnable::run)
                    .platform(p -> p.audio(new HeadlessAudio(new short[] {0})).store(vault))
                    .keepTextMessages(TextMessages.MOST)
                    .build());
            Await.until(
                    "the texts are read",
                    () -> !client.lock().isLocked()
                            && client.textMessages().snapshot().storage().state() != StorageStatus.State.LOADING,
                    LIMIT);
            if (arguments.length == 1) {
                list(client.textMessages());
                System.exit(0);
            }
            receive(client, arguments[1], Integer.parseInt(arguments[2]), Path.of(arguments[3]));
        }
    }

    private static void list(TextMessages texts) {
        for (Conversation conversation : texts.snapshot().conversations()) {
            for (StoredMessage text : texts.read(conversation.party(), null, TextMessages.MOST)) {
                System.out.println(STORED + text.text());
            }
        }
    }

    private static void receive(CallClient client, String host, int port, Path authority) throws Exception {
        client.addAccount(SipAccount.builder("alice", host, Secret.of("pw-alice"))
                .outboundProxy(new HostPort(host, port))
                .tlsTrust(TlsTrust.anchoredAt(authority))
                .build());
        // Until whoever started it is gone, if nobody kills it
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }
}
