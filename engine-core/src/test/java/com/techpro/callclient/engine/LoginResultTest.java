// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.storage.SecureStoreException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoginResultTest {
    /** Statistics of an app are grouped by them. */
    @Test
    void codes_are_stable() {
        assertThat(Stream.of(
                                new LoginResult.Refused(Reason.WRONG_CREDENTIALS, null),
                                new LoginResult.AlreadyLoggedIn(),
                                new LoginResult.InProgress(),
                                new LoginResult.LoggedOut(),
                                new LoginResult.NothingStored(),
                                new LoginResult.Unreadable(SecureStoreException.Reason.WRONG_PASSPHRASE))
                        .map(LoginResult::code))
                .containsExactly(
                        "refused-wrong-credentials",
                        "already-logged-in",
                        "in-progress",
                        "logged-out",
                        "nothing-stored",
                        "unreadable-wrong-passphrase");
    }
}
