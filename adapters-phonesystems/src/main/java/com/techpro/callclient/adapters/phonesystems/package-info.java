// SPDX-License-Identifier: Apache-2.0
/** The door to the phone systems that this module knows; the packages below are not exported. */
@NullMarked
package com.techpro.callclient.adapters.phonesystems;

import org.jspecify.annotations.NullMarked;
