// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import org.jspecify.annotations.Nullable;

/**
 * The current state of an account, without its identity.
 *
 * @param account its id within the client
 * @param failure the {@link com.techpro.callclient.engine.failure.Failure#code}, or null
 * @param weakenedSecurity whether it permits less protection than production use needs
 */
public record AccountStatus(
        String account,
        SipTransport transport,
        RegistrationState state,
        @Nullable String failure,
        boolean weakenedSecurity) {}
