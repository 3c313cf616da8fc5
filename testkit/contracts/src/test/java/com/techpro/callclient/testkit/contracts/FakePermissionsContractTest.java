// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class FakePermissionsContractTest extends PermissionPortContract {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final FakePermissions fake = new FakePermissions(time.workers());

    @Override
    protected PermissionPort port() {
        return fake;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(10));
    }

    @Override
    protected boolean set(Permission permission, boolean granted) {
        if (granted) {
            fake.grant(permission);
        } else {
            fake.deny(permission);
        }
        return true;
    }

    @Override
    protected boolean denyForGood(Permission permission) {
        fake.denyForGood(permission);
        return true;
    }

    @Override
    protected boolean willAnswer(boolean yes) {
        fake.willAnswer(yes);
        return true;
    }

    @Override
    protected Permission unknown() {
        fake.withoutKnowing(Permission.BACKGROUND_REFRESH).deny(Permission.BACKGROUND_REFRESH);
        return Permission.BACKGROUND_REFRESH;
    }

    @Override
    protected List<String> reasonsShown() {
        return fake.reasonsShown();
    }

    @Test
    void the_engine_has_nobody_to_ask() {
        assertThatThrownBy(() -> new FakePermissions().request(Permission.CONTACTS, answer -> {}))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void P1_to_P6_each_permission_has_a_reason_of_its_own() {
        assertThat(Permission.values())
                .extracting(Permission::reasonKey)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("permission\\.[a-z-]+\\.reason"));
    }
}
