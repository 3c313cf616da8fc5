// SPDX-License-Identifier: Apache-2.0
/** What an organisation's phone system gives its user: at present, the SIP account. */
@NullMarked
package com.techpro.callclient.ports.phonesystem;

import org.jspecify.annotations.NullMarked;
