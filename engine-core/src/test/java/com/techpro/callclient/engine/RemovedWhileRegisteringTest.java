// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An account that is removed while a REGISTER is under way comes to its end, whatever is answered to that. */
class RemovedWhileRegisteringTest {
    @Test
    void a_removed_account_with_a_changed_password_unregisters_with_the_new_one() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(10_001).registered()) {
            scene.pbx.on("REGISTER", register -> {
                if (register.header("Expires").equals("0")) {
                    scene.accept(register);
                }
            });
            scene.alice.register();
            scene.until(() -> scene.pbx.received("REGISTER").size() == 2);
            ScriptedMessage pending = scene.pbx.last("REGISTER");
            scene.alice.updateCredentials(Secret.of("new"));
            scene.alice.remove();
            scene.pass(Duration.ofMillis(100));
            scene.pbx.respond(pending, "403 Forbidden");
            scene.pass(Duration.ofSeconds(1));

            assertThat(scene.pbx.last("REGISTER").header("Expires")).isEqualTo("0");
            assertThat(scene.registrations.get(scene.registrations.size() - 1))
                    .extracting(RegistrationSnapshot::state, RegistrationSnapshot::failure)
                    .containsExactly(RegistrationState.UNREGISTERED, null);
            assertThat(scene.client.accounts()).isEmpty();
        }
    }
}
