// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowsForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptivePortalCheckTest {
    private static final Failure UNTRUSTED = new Failure.TlsFailed(TlsProblem.UNTRUSTED);

    private final CaptivePortalCheck.VerifiedHere here = new CaptivePortalCheck.VerifiedHere();
    private final CaptivePortalCheck account = new CaptivePortalCheck(here);
    private final CaptivePortalCheck another = new CaptivePortalCheck(here);
    private final Flow verified = FlowsForTests.flow(SipTransport.TLS);

    private void toAnotherNetwork() {
        account.networkChanged();
        another.networkChanged();
    }

    @ParameterizedTest
    @EnumSource(TlsProblem.class)
    void a_sign_in_page_has_neither_the_name_nor_the_authority_of_the_phone_system(TlsProblem problem) {
        account.opened(verified);
        toAnotherNetwork();

        Failure failure = new Failure.TlsFailed(problem);
        boolean ownName = problem == TlsProblem.EXPIRED || problem == TlsProblem.PIN;
        assertThat(account.meaning(failure)).isEqualTo(ownName ? failure : new Failure.CaptivePortal(problem));
    }

    @Test
    void a_verified_connection_to_another_phone_system_excludes_a_captive_portal() {
        account.opened(verified);
        another.opened(verified);
        toAnotherNetwork();
        another.opened(verified);

        assertThat(account.meaning(UNTRUSTED)).isEqualTo(UNTRUSTED);
        toAnotherNetwork();
        assertThat(account.meaning(UNTRUSTED)).isInstanceOf(Failure.CaptivePortal.class);
    }

    @Test
    void an_account_without_TLS_keeps_the_original_failure() {
        account.opened(FlowsForTests.flow(SipTransport.TCP));
        toAnotherNetwork();

        assertThat(account.meaning(UNTRUSTED)).isEqualTo(UNTRUSTED);
        assertThat(account.meaning(new Failure.Unreachable())).isEqualTo(new Failure.Unreachable());
    }
}
