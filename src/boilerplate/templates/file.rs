//! Templates as bytes: a magic line, a version, a checksum, and the sites.
use super::Templates;

const MAGIC: &[u8] = b"naqi templates\n";
/// Changes with what a [`super::Digest`] notes of a page, since hashes of two kinds never meet.
const VERSION: u8 = 1;

/// Why bytes are no templates that this version can use; the message says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError(pub String);

impl Templates {
    /// The bytes of a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Nothing in it can fail to be written.
        let sites = postcard::to_stdvec(self).unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend(crc32fast::hash(&sites).to_le_bytes());
        bytes.extend(sites);
        bytes
    }

    /// Reads them back.
    ///
    /// # Errors
    /// Bytes that are something else, of another version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TemplateError> {
        let fail = |why: &str| TemplateError(why.to_owned());
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| fail("this is no file of templates"))?;
        let (version, rest) = rest.split_first().ok_or_else(|| fail("the file ends early; learn again"))?;
        if *version != VERSION {
            return Err(TemplateError(format!(
                "these templates have version {version}, this naqi reads version {VERSION}; learn them again"
            )));
        }
        let (sum, sites) = rest.split_first_chunk::<4>().ok_or_else(|| fail("the file ends early; learn again"))?;
        if crc32fast::hash(sites) != u32::from_le_bytes(*sum) {
            return Err(fail("the file is damaged (its checksum is wrong); learn again, or copy it anew"));
        }
        postcard::from_bytes(sites).map_err(|_| fail("the file is damaged; learn again, or copy it anew"))
    }
}
