// SPDX-License-Identifier: Apache-2.0
/** Factories of this module's phone systems. The packages below are not exported. */
@NullMarked
package com.techpro.callclient.adapters.phonesystems;

import org.jspecify.annotations.NullMarked;
