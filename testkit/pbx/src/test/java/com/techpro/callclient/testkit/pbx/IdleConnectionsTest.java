// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that somebody on the way ends after two minutes without a word, and an account that was told to say one less often. */
class IdleConnectionsTest {
    private final PbxScene scene =
            new PbxScene(5626, settings -> settings.behaving(FieldBehaviour.CLOSES_IDLE_CONNECTIONS));
    private int lost;

    @AfterEach
    void close() {
        scene.close();
    }

    private Phone keptEvery(Duration keepAlive) {
        Phone phone = scene.phone(
                "1001", scene.pbx.account("1001").keepAlive(keepAlive).build());
        phone.registered();
        phone.account.addListener(new AccountListener() {
            @Override
            public void registrationChanged(Account account, RegistrationSnapshot after) {
                lost += after.state() == RegistrationState.REGISTERED ? 0 : 1;
            }
        });
        scene.pass(Duration.ofSeconds(1));
        lost = 0;
        return phone;
    }

    @Test
    void after_two_that_were_lost_the_account_says_more_and_loses_no_other() {
        Phone phone = keptEvery(Duration.ofSeconds(170));
        scene.pass(Duration.ofMinutes(6));
        int found = lost;

        scene.pass(Duration.ofMinutes(40));

        assertThat(found).isPositive();
        assertThat(lost).isEqualTo(found);
        assertThat(phone.account.registration().state()).isEqualTo(RegistrationState.REGISTERED);
    }

    @Test
    void keep_alives_that_are_frequent_enough_lose_no_connection() {
        keptEvery(Duration.ofSeconds(60));

        scene.pass(Duration.ofMinutes(40));

        assertThat(lost).isZero();
    }

    @Test
    void after_an_hour_it_is_found_out_anew() {
        keptEvery(Duration.ofSeconds(170));
        scene.pass(Duration.ofMinutes(30));
        int found = lost;

        scene.pass(Duration.ofMinutes(90));

        assertThat(lost).isGreaterThan(found);
    }
}
