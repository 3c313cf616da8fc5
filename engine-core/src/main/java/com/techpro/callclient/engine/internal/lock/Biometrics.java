// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.biometric.BiometricPort.Answer;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.FirstAnswer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The platform's biometric prompt, available if the user permits it now and the organisation has
 * not disabled it (promises C8, R2).
 */
public final class Biometrics {
    private final @Nullable BiometricPort port;
    private final @Nullable PermissionPort permissions;
    private final BooleanSupplier allowed;

    /** @param allowed whether the organisation's policy enables biometrics; queried at each use */
    public Biometrics(@Nullable BiometricPort port, @Nullable PermissionPort permissions, BooleanSupplier allowed) {
        this.port = port;
        this.permissions = permissions;
        this.allowed = allowed;
    }

    /** Prompts the user. Answers once, on any thread, possibly before this method returns. */
    void confirm(String reasonKey, Consumer<Answer> answer) {
        Consumer<Answer> once = new FirstAnswer<>(answer);
        try {
            if (port == null || !permitted()) {
                once.accept(Answer.UNAVAILABLE);
            } else {
                port.confirm(reasonKey, once);
            }
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            once.accept(Answer.UNAVAILABLE);
        }
    }

    void trustEnrolment() {
        try {
            if (port != null && permitted()) {
                port.trustEnrolment();
            }
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e); // then the password is required while the enrolment differs
        }
    }

    private boolean permitted() {
        return allowed.getAsBoolean() && permissions != null && permissions.granted(Permission.BIOMETRICS);
    }
}
