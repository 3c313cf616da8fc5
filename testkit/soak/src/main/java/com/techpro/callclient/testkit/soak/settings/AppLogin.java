// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * The login of a user.
 *
 * @param system the kind of phone system that the app assumes
 * @param login e-mail address and password
 * @param registered whether the registrar has a binding for this user now
 * @param messages how many voicemail messages the phone system has for this user now
 */
public record AppLogin(PhoneSystem system, Login login, BooleanSupplier registered, IntSupplier messages) {
    @Override
    public String toString() {
        return "AppLogin[redacted]";
    }
}
