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
 * Marks a test parameter that {@link PbxExtension} fills from its PBX. A {@link SipAccount} or
 * {@link SipAccount.Builder} becomes an account of the extension. A {@link PbxView} becomes a view
 * of the extension's traffic while the test runs.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface PbxAccount {
    /** The extension number. */
    String value();

    /** The transport of an account. */
    SipTransport transport() default SipTransport.TLS;
}
