//! Reads the imports of a Wasm module, and writes the module with other import names. Called by `shorten`.
//! It must never change anything but the names in the import section
//! (<https://webassembly.github.io/spec/core/binary/modules.html#import-section>).

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasmImport {
    /// The module that provides it, as the JavaScript spells it.
    pub module: String,
    /// The name in that module.
    pub name: String,
    /// The encoded kind and type.
    kind: Vec<u8>,
}

/// A module, split before and after its import section.
#[derive(Debug, PartialEq, Eq)]
pub struct WasmModule {
    before: Vec<u8>,
    /// In the order of their indices.
    pub imports: Vec<WasmImport>,
    after: Vec<u8>,
}

const MAGIC: &[u8] = b"\0asm\x01\0\0\0";
const IMPORTS: u8 = 2;

impl WasmModule {
    /// `None` if it is not Wasm, has no imports, or has imports of an unknown kind.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = WasmReader(bytes.strip_prefix(MAGIC)?);
        loop {
            let start = bytes.len() - rest.0.len();
            let id = rest.byte()?;
            let body = rest.sized()?;
            if id == IMPORTS {
                return Some(Self {
                    before: bytes.get(..start)?.to_vec(),
                    imports: read(WasmReader(body))?,
                    after: rest.0.to_vec(),
                });
            }
        }
    }

    pub fn write(&self) -> Vec<u8> {
        let mut body = leb(self.imports.len());
        for import in &self.imports {
            for text in [&import.module, &import.name] {
                body.extend(leb(text.len()));
                body.extend(text.as_bytes());
            }
            body.extend(&import.kind);
        }
        let size = leb(body.len());
        [&self.before, &vec![IMPORTS], &size, &body, &self.after]
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }
}

fn read(mut body: WasmReader) -> Option<Vec<WasmImport>> {
    let count = body.number()?;
    let imports = (0..count).map(|_| {
        let module = body.text()?;
        let name = body.text()?;
        let from = body.0;
        body.skip_kind()?;
        let kind = from.get(..from.len() - body.0.len())?.to_vec();
        Some(WasmImport { module, name, kind })
    });
    let imports = imports.collect::<Option<Vec<_>>>()?;
    body.0.is_empty().then_some(imports)
}

struct WasmReader<'a>(&'a [u8]);

impl<'a> WasmReader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number in LEB128, of 32 bits at most.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn sized(&mut self) -> Option<&'a [u8]> {
        let size = self.number()?;
        let (body, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some(body)
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.sized()?.to_vec()).ok()
    }

    fn skip_limits(&mut self) -> Option<()> {
        let has_max = self.byte()? & 1 == 1;
        self.number()?;
        if has_max {
            self.number()?;
        }
        Some(())
    }

    fn skip_kind(&mut self) -> Option<()> {
        match self.byte()? {
            // A function: the index of its type.
            0 => self.number().map(drop),
            // A table: the type of its elements, and its limits.
            1 => self.byte().and_then(|_| self.skip_limits()),
            2 => self.skip_limits(),
            // A global: its type, and whether it is mutable.
            3 => self.byte().and_then(|_| self.byte()).map(drop),
            _ => None,
        }
    }
}

fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    /// A type section, three imports and a custom section of 200 bytes.
    fn module() -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(b"\x01\x04\x01\x60\0\0");
        bytes.extend(
            b"\x02\x17\x03\x01m\x01f\0\0\x01m\x01t\x01\x70\x01\x01\x05\x01n\x01g\x03\x7f\x01",
        );
        bytes.extend(b"\0\xc8\x01\x01x");
        bytes.extend([7; 198]);
        bytes
    }

    #[test]
    fn a_module_is_written_as_it_was_read() {
        let bytes = module();
        let read = WasmModule::read(&bytes).unwrap();
        let names: Vec<_> = read
            .imports
            .iter()
            .map(|import| import.name.as_str())
            .collect();
        assert_eq!(names, ["f", "t", "g"]);
        assert_eq!(read.imports[2].module, "n");
        assert_eq!(read.write(), bytes);
    }

    #[test]
    fn new_names_change_nothing_else() {
        let mut read = WasmModule::read(&module()).unwrap();
        read.imports[0].name =
            "a name that makes the section longer than a byte can say, over and over".repeat(2);
        let again = WasmModule::read(&read.write()).unwrap();
        assert_eq!(again, read);
    }

    #[test]
    fn a_truncated_module_is_refused() {
        let bytes = module();
        assert_eq!(WasmModule::read(b"\0asm\x02\0\0\0"), None);
        for end in 0..36 {
            assert_eq!(WasmModule::read(&bytes[..end]), None, "{end}");
        }
    }
}
