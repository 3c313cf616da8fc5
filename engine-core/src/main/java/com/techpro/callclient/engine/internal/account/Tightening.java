// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;

/** What a policy makes of an account: never more than the account was. */
public final class Tightening {
    private Tightening() {}

    /** @throws IllegalArgumentException if nothing is left that both permit */
    public static SipAccount of(SipAccount account, Policy policy) {
        SecurityFloor floor = policy.floor();
        return floor == null
                ? account
                : account.toBuilder()
                        .securityFloor(account.securityFloor().tightenedBy(floor))
                        .build();
    }
}
