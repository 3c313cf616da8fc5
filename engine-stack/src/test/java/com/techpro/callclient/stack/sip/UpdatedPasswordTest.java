// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import org.junit.jupiter.api.Test;

/** A password that replaces the account's is the endpoint's, and overwritten as soon as it is of no use. */
class UpdatedPasswordTest {
    private final SipScene scene = new SipScene();
    private final SipEndpoint endpoint = scene.endpoint();

    private static boolean isWiped(Secret secret) {
        try {
            return secret.use(SecretAccess.forAuthenticators(), characters -> false);
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void S6_a_password_is_overwritten_when_another_takes_its_place() {
        Secret first = Secret.of("first");
        Secret second = Secret.of("second");
        scene.run(() -> endpoint.updatePassword(first));
        assertThat(isWiped(first)).isFalse();
        scene.run(() -> endpoint.updatePassword(second));
        assertThat(isWiped(first)).isTrue();
        assertThat(isWiped(second)).isFalse();
    }

    @Test
    void S6_a_password_is_overwritten_with_the_endpoint() {
        Secret changed = Secret.of("changed");
        scene.run(() -> endpoint.updatePassword(changed));
        scene.run(endpoint::close);
        assertThat(isWiped(changed)).isTrue();
    }
}
