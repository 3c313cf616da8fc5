// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of type {@link SipAccount}, or {@link SipAccount.Builder}: an account of an extension at the PBX of the {@link PbxExtension}. On one of type {@link PbxView}:
 * what the PBX has to do with that extension while the test runs.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface PbxAccount {
    /** The extension. */
    String value();

    /** Of an account. */
    SipTransport transport() default SipTransport.TLS;
}
