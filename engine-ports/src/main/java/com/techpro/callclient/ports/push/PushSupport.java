// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.push;

/** Whether the phone system wakes a sleeping app by push when a call comes (RFC 8599). */
public enum PushSupport {
    /**
     * The phone system was not asked: the account is not registered, or the platform has given the app no push token.
     */
    NOT_ASKED,
    /**
     * The phone system took the token but does not say that it uses the platform's push service: it may not wake the
     * app.
     */
    UNCONFIRMED,
    /** The phone system says that it uses the platform's push service ({@code Feature-Caps: +sip.pns}, §4.1.1). */
    CONFIRMED,
    /**
     * The phone system does not know the platform's push service (555, §5.3.2): calls arrive only while the app is
     * connected.
     */
    REFUSED
}
